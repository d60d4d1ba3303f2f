import { writeResult } from '../support/benchmark.ts';
import { measureCrowded } from './cases/crowded-case.ts';
import { measureIdle } from './cases/idle-case.ts';
import { measureKnee } from './cases/knee-case.ts';
import { measureRooms } from './cases/rooms-case.ts';
import { mesh, sfu } from './load/protocol-vocabularies.ts';
import { chat, codelab } from './load/vocabularies.ts';
import { CASES, readOptions, type CaseName } from './options.ts';
import { printSummary } from './report/print.ts';
import { summarize } from './report/summary.ts';
import { noResults, type Results } from './results.ts';
import { openFileLimit } from './server/proc.ts';
import { Machine } from './server/machine.ts';
import type { Contestant } from './server/server-under-test.ts';

// What a room costs, and how many of them one server takes: ours, and a server as the tutorials have it, one after the other in each
// run. Each is a process of its own, and fresh each time.

const PEOPLE_IN_A_CHAT = 5;
const ROOMS_IN_THE_SFU = 40;
/** Two servers are idle at the same time, and share the connections. */
const MAX_IDLE_ROOMS = 2000;

if (process.platform !== 'linux') throw new Error('this benchmark reads /proc, which only Linux has');
const { runs, json, rooms, cases } = readOptions(process.argv.slice(2), openFileLimit());
const machine = new Machine();
const results = noResults();

function keep<Name extends CaseName>(
  name: Name,
  contestant: Contestant,
  sample: NonNullable<Results[Name][Contestant]>[number],
): void {
  const of: Partial<Record<Contestant, (typeof sample)[]>> = results[name];
  (of[contestant] ??= []).push(sample);
}

/** Who begins changes from run to run. */
const inTurn = (run: number): readonly Contestant[] => (run % 2 === 0 ? ['ours', 'toy'] : ['toy', 'ours']);

const measure: Readonly<Record<CaseName, (run: number) => Promise<void>>> = {
  async pairs(run) {
    for (const one of inTurn(run)) keep('pairs', one, await measureRooms(one, machine, codelab, rooms));
  },
  async chat() {
    const fives = Math.ceil((rooms * codelab.size) / PEOPLE_IN_A_CHAT);
    keep('chat', 'ours', await measureRooms('ours', machine, chat(PEOPLE_IN_A_CHAT), fives));
  },
  async mesh() {
    keep('mesh', 'ours', await measureRooms('ours', machine, mesh, rooms));
  },
  async sfu() {
    keep('sfu', 'ours', await measureRooms('ours', machine, sfu, ROOMS_IN_THE_SFU));
  },
  async knee(run) {
    for (const one of inTurn(run)) keep('knee', one, await measureKnee(one, machine, run % 2 === 0));
  },
  async crowded(run) {
    for (const one of inTurn(run)) {
      const samples = await measureCrowded(one, machine, run % 2 === 0);
      for (const sample of samples) keep('crowded', one, sample);
    }
  },
  async idle() {
    const idleRooms = Math.min(rooms, MAX_IDLE_ROOMS);
    await Promise.all(
      inTurn(0).map(async (one) => keep('idle', one, await measureIdle(one, machine, idleRooms))),
    );
  },
};

/** The comparison has them all. The others take longer, and vary less: half of them are enough. */
const runsOf = (name: CaseName): number =>
  name === 'pairs' ? runs : name === 'idle' ? 1 : Math.ceil(runs / 2);

const begun = performance.now();
for (let run = 0; run < runs; run += 1) {
  for (const name of CASES.filter((one) => cases.includes(one) && run < runsOf(one))) {
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    process.stderr.write(`${seconds} s: ${name}, run ${run + 1} of ${runsOf(name)}\n`);
    await measure[name](run);
    // What was measured is kept, should the next run fail.
    await writeResult(json, {
      benchmark: 'rooms',
      runs,
      rooms,
      pinned: machine.isPinned,
      disturbed: machine.disturbed,
      summary: summarize(results),
      samples: results,
    });
  }
}
if (!machine.isPinned)
  process.stderr.write('the server and the load shared their cores: there is no taskset, or one core only\n');
printSummary(summarize(results));
