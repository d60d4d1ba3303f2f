import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, release } from 'node:os';
import { parseArgs } from 'node:util';

export interface BenchmarkArguments {
  readonly runs: number;
  /** Where the result goes as JSON, beside being printed. */
  readonly json: string | undefined;
}

/** `-- --runs N --json FILE`, as every benchmark takes them. */
export function readArguments(defaultRuns: number): BenchmarkArguments {
  const { values } = parseArgs({ options: { runs: { type: 'string' }, json: { type: 'string' } } });
  return { runs: readRuns(values.runs, defaultRuns), json: values.json };
}

/** @throws Error unless it is a whole number from 1 */
export function readRuns(given: string | undefined, defaultRuns: number): number {
  const runs = given === undefined ? defaultRuns : Number(given);
  if (!Number.isInteger(runs) || runs < 1)
    throw new Error(`--runs: expected a whole number from 1, got ${given}`);
  return runs;
}

/** On what the figures were measured: without it they mean nothing. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  kernel: release(),
  node: process.version,
});

export async function writeResult(json: string | undefined, result: object): Promise<void> {
  if (json !== undefined)
    await writeFile(json, `${JSON.stringify({ machine: machine(), ...result }, null, 2)}\n`);
}
