import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import type { SwitchRule } from '#client';
import type { Topology } from '#protocol';
import { launchChromium, newPerson } from '../../support/chromium.ts';
import { startServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { readRuns, writeResult } from '../support/benchmark.ts';
import { servePages } from '../support/pages.ts';
import { AFTER_MS, STEADY_MS, judge } from './analysis.ts';
import { printTable, summarizeDirection, type Sample } from './table.ts';
import type { HandoverPage, Moment, Seen } from './pages/handover.ts';

// Two people in a mesh; a third joins (to the SFU) and leaves (back to mesh), again and again. What the two see of each other is
// judged: they have a picture before, during and after.

const RULES: readonly SwitchRule[] = ['parity', 'first-frame', 'break-first'];

const { values } = parseArgs({
  options: { runs: { type: 'string' }, json: { type: 'string' }, rules: { type: 'string' } },
});
const runs = readRuns(values.runs, 30);
const rules = (values.rules?.split(',') ?? ['parity']).map((rule) => {
  const known = RULES.find((one) => one === rule);
  if (known === undefined) throw new Error(`--rules: expected some of ${RULES.join(',')}, got ${rule}`);
  return known;
});

type BenchWindow = Window & { readonly handover: HandoverPage };

const pages = await servePages([join(import.meta.dirname, 'pages', 'handover.ts')]);
// Long enough that there are steady seconds on both sides of each handover.
const server = await startServer({ MESH_DWELL_MS: String(STEADY_MS + 2 * AFTER_MS) });
const browser = await launchChromium();

async function open(from: Browser, room: string, name: string, switchRule: SwitchRule): Promise<Page> {
  const page = await (await newPerson(from)).newPage();
  await page.goto(pages.url('handover'));
  await page.waitForFunction(() => 'handover' in window);
  const options = { server: server.url, room, name, switchRule };
  await page.evaluate((given) => (window as BenchWindow).handover.join(given), options);
  return page;
}

const seenBy = (page: Page): Promise<Seen> => page.evaluate(() => (window as BenchWindow).handover.seen());

async function settledOn(page: Page, topology: Topology): Promise<void> {
  await until(
    `the call to settle on ${topology}`,
    async () => (await page.evaluate(() => (window as BenchWindow).handover.state().settled)) === topology,
    { deadlineMs: 30_000, everyMs: 50 },
  );
}

/** What is judged lies some seconds behind us by then. */
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What the two saw of each other in the last handover. */
async function sample(pair: readonly Page[], joiner: Page | null): Promise<Sample> {
  const ids = await Promise.all(
    pair.map((page) => page.evaluate(() => (window as BenchWindow).handover.state().id)),
  );
  const views = await Promise.all(pair.map(seenBy));
  const last = (view: Seen): Moment => {
    const moment = view.moments.at(-1);
    if (moment === undefined) throw new Error('expected a handover, saw none');
    return moment;
  };
  return {
    paths: views.map((view, index) => judge(view.frames[ids[1 - index] ?? ''] ?? [], last(view))),
    audio: views.flatMap((view, index) => {
      const record = view.records.find(({ epoch }) => epoch === last(view).epoch);
      const report = record?.reports.find(({ participantId }) => participantId === ids[index]);
      return report?.paths.filter(({ participantId }) => participantId === ids[1 - index]) ?? [];
    }),
    settledMs: Math.max(...views.map((view) => last(view).settled - last(view).prepare)),
    seesAllMs: joiner === null ? null : (await seenBy(joiner)).seesAllMs,
  };
}

const results: Record<string, ReturnType<typeof summarizeDirection>> = {};
const raw: Record<string, Sample[]> = {};
try {
  const rooms = await Promise.all(
    rules.map(async (rule) => ({
      rule,
      pair: [await open(browser, rule, 'Ada', rule), await open(browser, rule, 'Alan', rule)],
    })),
  );
  for (let run = 1; run <= runs; run += 1) {
    // One room after the other within each run, so that they meet the same machine.
    for (const { rule, pair } of rooms) {
      const [ada] = pair;
      if (ada === undefined) continue;
      await settledOn(ada, 'mesh');
      await pass(STEADY_MS + AFTER_MS);
      const grace = await open(browser, rule, 'Grace', rule);
      await settledOn(ada, 'sfu');
      await pass(2 * AFTER_MS + 1500);
      (raw[`${rule}, mesh to SFU`] ??= []).push(await sample(pair, grace));
      await grace.evaluate(() => (window as BenchWindow).handover.leave());
      await grace.context().close();
      await settledOn(ada, 'mesh');
      await pass(2 * AFTER_MS + 1500);
      (raw[`${rule}, SFU to mesh`] ??= []).push(await sample(pair, null));
    }
    process.stderr.write(`run ${run} of ${runs}\n`);
  }
} finally {
  await Promise.all([browser.close(), server.close(), pages.close()]);
}
for (const [name, samples] of Object.entries(raw)) results[name] = summarizeDirection(samples);
printTable(results);
await writeResult(values.json, { benchmark: 'handover', runs, rules, results, raw });
