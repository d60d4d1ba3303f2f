import { setTabVisible } from '../../support/tab-visibility.ts';
import { until } from '../../support/until.ts';
import { readArguments, writeResult } from '../support/benchmark.ts';
import { summarize, type Summary } from '../support/statistics.ts';
import type { SentLayer } from './pages/layers.ts';
import { CAMERA, RoomOfSenders, SENDERS, type Guest } from './room-of-senders.ts';

// One SFU room, twelve who send and one who looks, in a window of 960x540. What the viewer receives with 1, 4 and 12 tiles and with the
// tab hidden, against the same without adaptive stream (and so without dynacast: nothing ever goes unwatched). Then what a sender
// encodes when nobody watches its high layer, and how fast that layer stops and returns.

/** Until the layers have settled after a change. */
const SETTLING_MS = 4000;
const MEASURED_MS = 5000;
/** Chromium's statistics are that old at most. */
const LOOK_EVERY_MS = 50;

const VIEWS = {
  '1 tile': [1, 960, 540],
  '4 tiles': [4, 480, 270],
  '12 tiles': [12, 240, 135],
} as const;

const { runs, json } = readArguments(3);
const samples: Record<string, number[]> = {};
const keep = (what: string, value: number): void => void (samples[what] ??= []).push(value);
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const kbps = (bytes: number): number => (bytes * 8) / MEASURED_MS;

/** What comes in and what a sender sends meanwhile. */
async function measure(what: string, viewer: Guest, sender: Guest): Promise<void> {
  await pass(SETTLING_MS);
  const [before, sentBefore] = [await viewer.received(), await sender.sent()];
  await pass(MEASURED_MS);
  const [after, sentAfter] = [await viewer.received(), await sender.sent()];
  keep(`${what}: video received, kbit/s`, kbps(after.video - before.video));
  keep(`${what}: audio received, kbit/s`, kbps(after.audio - before.audio));
  for (const [layer, { frames, bytes }] of sentAfter.entries()) {
    const { frames: framesBefore = 0, bytes: bytesBefore = 0 } = sentBefore[layer] ?? {};
    const name = layer === sentAfter.length - 1 ? 'high' : 'low';
    keep(`${what}: a sender's ${name} layer, frames/s`, ((frames - framesBefore) / MEASURED_MS) * 1000);
    keep(`${what}: a sender's ${name} layer, kbit/s`, kbps(bytes - bytesBefore));
  }
}

async function views(name: string, viewer: Guest, sender: Guest): Promise<void> {
  for (const [view, [count, width, height]] of Object.entries(VIEWS)) {
    await viewer.show(count, width, height, sender.id);
    await measure(`${name}, ${view}`, viewer, sender);
  }
  await setTabVisible(viewer.page, false);
  await measure(`${name}, tab hidden`, viewer, sender);
  await setTabVisible(viewer.page, true);
}

const highOf = async (sender: Guest): Promise<SentLayer> => {
  const layers = await sender.sent();
  const high = layers.at(-1);
  if (high === undefined || layers.length < 2) throw new Error(`expected two layers, saw ${layers.length}`);
  return high;
};

const seenInFull = (viewer: Guest, sender: Guest): Promise<boolean> =>
  until('the full height', async () => (await viewer.heightOf(sender.id)) === CAMERA.height, {
    deadlineMs: 30_000,
  });

/** The viewer looks at one sender at full size, then at all twelve in small, and back. */
async function stopAndReturn(viewer: Guest, sender: Guest): Promise<void> {
  const [count, width, height] = VIEWS['12 tiles'];
  await viewer.show(1, 960, 540, sender.id);
  await seenInFull(viewer, sender);
  await pass(SETTLING_MS);

  const left = performance.now();
  await viewer.show(count, width, height, sender.id);
  let { frames } = await highOf(sender);
  let lastFrame = left;
  while (performance.now() - lastFrame < 2000) {
    await pass(LOOK_EVERY_MS);
    const now = await highOf(sender);
    if (now.frames > frames) lastFrame = performance.now();
    ({ frames } = now);
  }
  keep('high layer unwatched until its last frame, ms', lastFrame - left);

  const back = performance.now();
  await viewer.show(1, 960, 540, sender.id);
  await until('a frame of the high layer', async () => (await highOf(sender)).frames > frames, {
    everyMs: LOOK_EVERY_MS,
  });
  keep('high layer wanted until its first frame, ms', performance.now() - back);
  await seenInFull(viewer, sender);
  keep('high layer wanted until it is seen, ms', performance.now() - back);
}

const room = await RoomOfSenders.open();
try {
  for (let run = 1; run <= runs; run += 1) {
    const sender = room.senders[run % SENDERS];
    if (sender === undefined) throw new Error('expected a sender');
    const viewer = await room.viewer(true);
    await views('adaptive', viewer, sender);
    await stopAndReturn(viewer, sender);
    await viewer.leave();
    const greedy = await room.viewer(false);
    await views('everything', greedy, sender);
    await greedy.leave();
    process.stderr.write(`run ${run} of ${runs}\n`);
  }
} finally {
  await room.close();
}

const summary: Record<string, Summary> = Object.fromEntries(
  Object.entries(samples).map(([what, values]) => [what, summarize(values)]),
);
process.stdout.write(
  `\n${SENDERS} senders, ${CAMERA.width}x${CAMERA.height} at ${CAMERA.frameRate}/s, ${runs} runs\n\n`,
);
for (const [what, { p50, min, max }] of Object.entries(summary)) {
  const figures = [p50, min, max].map((value) => value.toFixed(value < 10 ? 1 : 0).padStart(7)).join(' ');
  process.stdout.write(`${what.padEnd(60)} p50 min max ${figures}\n`);
}
const medianOf = (what: string): number => summary[what]?.p50 ?? Number.NaN;
const totalOf = (what: string): number =>
  medianOf(`${what}: video received, kbit/s`) + medianOf(`${what}: audio received, kbit/s`);
const hiddenShare = totalOf('adaptive, tab hidden') / totalOf('everything, 12 tiles');
process.stdout.write(`\na hidden tab receives ${(hiddenShare * 100).toFixed(1)} % of everything\n`);
await writeResult(json, {
  benchmark: 'layers',
  runs,
  camera: CAMERA,
  senders: SENDERS,
  summary,
  hiddenShare,
  samples,
});
