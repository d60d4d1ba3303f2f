import { parseArgs } from 'node:util';
import { readRuns } from '../support/benchmark.ts';
import { MAX_CONNECTIONS } from './load/crowd.ts';

export const CASES = ['pairs', 'chat', 'mesh', 'sfu', 'knee', 'crowded', 'idle'] as const;
export type CaseName = (typeof CASES)[number];

export interface Options {
  readonly runs: number;
  readonly json: string | undefined;
  /** Of two. */
  readonly rooms: number;
  readonly cases: readonly CaseName[];
}

const DEFAULT_RUNS = 4;
const DEFAULT_ROOMS = 1500;
const MIN_ROOMS = 100;
/** Two in each, and a quarter more who only connect. */
const MAX_ROOMS = Math.floor(MAX_CONNECTIONS / 2.5);
/** A server has files of its own, and so has the load. */
const OTHER_FILES = 200;

/**
 * Reads `--runs N --json FILE --rooms N --cases pairs,knee`.
 * @throws Error that says what was expected
 */
export function readOptions(args: readonly string[], openFiles: number): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { runs: text, json: text, rooms: text, cases: text },
  });
  const rooms = readRooms(values.rooms);
  const needed = MAX_CONNECTIONS + OTHER_FILES;
  if (openFiles < needed)
    throw new Error(
      `this benchmark opens up to ${MAX_CONNECTIONS} connections in one process, which needs ${needed} open files, and here a process may have ${openFiles}: raise the hard limit (ulimit -Hn)`,
    );
  return {
    runs: readRuns(values.runs, DEFAULT_RUNS),
    json: values.json,
    rooms,
    cases: readCases(values.cases),
  };
}

function readRooms(given: string | undefined): number {
  const rooms = given === undefined ? DEFAULT_ROOMS : Number(given);
  if (!Number.isInteger(rooms) || rooms < MIN_ROOMS || rooms > MAX_ROOMS)
    throw new Error(`--rooms: expected a whole number from ${MIN_ROOMS} to ${MAX_ROOMS}, got ${given}`);
  return rooms;
}

function readCases(given: string | undefined): readonly CaseName[] {
  if (given === undefined) return CASES;
  return given.split(',').map((one) => {
    const known = CASES.find((name) => name === one);
    if (known === undefined) throw new Error(`--cases: expected some of ${CASES.join(',')}, got ${one}`);
    return known;
  });
}
