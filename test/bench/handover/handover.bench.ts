import { parseArgs } from 'node:util';
import { roomNameSchema } from '#protocol';
import { readRuns, writeResult } from '../support/benchmark.ts';
import { AFTER_MS, BEFORE_MS, STEADY_MS, judge } from './analysis.ts';
import { interleave, readCases, ruleOf, type CaseName } from './cases.ts';
import type { Moment, Seen } from './pages/handover.ts';
import { Stage, type Person } from './stage.ts';
import { printTable, summarizeDirection, type Sample } from './table.ts';

// Two people in a mesh; a third joins (to the SFU) and leaves (back to mesh). What the two see of each other is judged: they have a
// picture before, during and after. Aborted handovers are forced by a fact, in a room of two.

const { values } = parseArgs({
  options: { runs: { type: 'string' }, json: { type: 'string' }, cases: { type: 'string' } },
});
const cases = readCases(values.cases ?? 'parity', readRuns(values.runs, 30));

/** Until a new call runs at full height, and then the steady seconds before a handover. */
const WARM_MS = 2000 + STEADY_MS + BEFORE_MS;
/** Until the last of the steady seconds after a handover is over, and everybody has reported. */
const REPORTED_MS = 2 * AFTER_MS + 500;

const stage = await Stage.open(STEADY_MS + BEFORE_MS + 500);

/** What is judged lies some seconds behind us by then. */
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const last = ({ moments }: Seen): Moment => {
  const moment = moments.at(-1);
  if (moment === undefined) throw new Error('expected a handover, saw none');
  return moment;
};

/** What the two saw of each other in the last handover. */
async function sample(pair: readonly Person[], joiner: Person | null): Promise<Sample> {
  const ids = await Promise.all(pair.map((person) => person.id()));
  const views = await Promise.all(pair.map((person) => person.seen()));
  return {
    paths: views.map((view, index) => judge(view.frames[ids[1 - index] ?? ''] ?? [], last(view))),
    audio: views.flatMap((view, index) => {
      const report = view.records.at(-1)?.reports.find(({ participantId }) => participantId === ids[index]);
      return report?.paths.filter(({ participantId }) => participantId === ids[1 - index]) ?? [];
    }),
    settledMs: Math.max(...views.map((view) => last(view).settled - last(view).prepare)),
    seesAllMs: joiner === null ? null : (await joiner.seen()).seesAllMs,
  };
}

const raw: Record<string, Sample[]> = {};
const keep = (name: string, one: Sample): void => void (raw[name] ??= []).push(one);

async function thereAndBack(name: CaseName, room: string): Promise<void> {
  const rule = ruleOf(name);
  const pair = await stage.pair(room, rule);
  const [ada] = pair;
  // She sits in the preview: what her page costs to load is not the handover's.
  const grace = await stage.preview(room, 'Grace', rule);
  await pass(WARM_MS);
  await grace.join();
  await ada.on('sfu');
  await pass(REPORTED_MS);
  keep(`${name}, mesh to SFU`, await sample(pair, grace));
  await grace.leave();
  await ada.on('mesh');
  await pass(REPORTED_MS);
  keep(`${name}, SFU to mesh`, await sample(pair, null));
  await Promise.all(pair.map((person) => person.leave()));
}

/** Ada changes over, Alan never can: at the deadline Ada has to go back. */
async function abortedBothWays(name: CaseName, room: string): Promise<void> {
  const serverMedia = (required: boolean): Promise<void> =>
    stage.server.conference.requireServerMedia(roomNameSchema.parse(room), 'recorder', required);
  const pair = await stage.pair(room, ruleOf(name));
  const [ada, alan] = pair;
  await pass(WARM_MS);

  await alan.proveNothing(true);
  await serverMedia(true);
  await ada.handoverAfter(0);
  await serverMedia(false);
  await pass(REPORTED_MS);
  keep(`${name}, mesh to SFU`, await sample(pair, null));

  await alan.proveNothing(false);
  await serverMedia(true);
  await ada.on('sfu');
  await alan.proveNothing(true);
  await serverMedia(false);
  await ada.handoverAfter(2);
  await pass(REPORTED_MS);
  keep(`${name}, SFU to mesh`, await sample(pair, null));
  await Promise.all(pair.map((person) => person.leave()));
}

const summarize = () =>
  Object.fromEntries(
    Object.entries(raw).map(([name, samples]) => [
      name,
      summarizeDirection(samples, !name.startsWith('aborted')),
    ]),
  );

try {
  const order = interleave(cases);
  for (const [index, name] of order.entries()) {
    const room = `${name} ${index + 1}`;
    await (name === 'aborted' ? abortedBothWays(name, room) : thereAndBack(name, room));
    // What was measured is kept, should the next run fail.
    await writeResult(values.json, { benchmark: 'handover', cases, results: summarize(), raw });
    process.stderr.write(`${index + 1} of ${order.length}: ${name}\n`);
  }
} finally {
  await stage.close();
}
printTable(summarize());
