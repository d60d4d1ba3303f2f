import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium, newPerson } from '../../support/chromium.ts';
import { freePorts } from '../../support/free-ports.ts';
import { startServer } from '../../support/server.ts';
import { readArguments, writeResult } from '../support/benchmark.ts';
import { servePages } from '../support/pages.ts';
import { summarize, type Summary } from '../support/statistics.ts';
import { startBareRelay, startBareSfu } from './bare-servers.ts';
import type { FirstFramePage, JoinOptions } from './pages/first-frame.ts';

// From `join()` to the first presented frame of the other, who is there already: ours over SFU and mesh, against pages and servers
// without any of our code, one after another in each run.

/** Opening a page, a camera and a call keeps both cores busy for a moment. */
const SETTLING_MS = 1000;

interface Contestant {
  readonly name: string;
  readonly page: string;
  readonly server: string;
}

type BenchWindow = Window & { readonly firstFrame: FirstFramePage };

async function open(person: BrowserContext, url: string): Promise<Page> {
  const page = await person.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'firstFrame' in window);
  await page.evaluate(() => (window as BenchWindow).firstFrame.prepare());
  return page;
}

const joinCall = (page: Page, options: JoinOptions): Promise<number> =>
  page.evaluate((given) => (window as BenchWindow).firstFrame.join(given), options);

const { runs, json } = readArguments(30);
const folder = join(import.meta.dirname, 'pages');
const pages = await servePages(
  ['switchyard.ts', 'bare-sfu.ts', 'bare-p2p.ts'].map((name) => join(folder, name)),
);
const ours = await startServer();
const bareSfu = await startBareSfu(await freePorts());
const bareRelay = await startBareRelay();
const browser = await launchChromium();
const samples = new Map<string, number[]>();

const contestants: Contestant[] = [
  { name: 'sfu', page: `${pages.url('switchyard')}?topology=sfu`, server: ours.url },
  { name: 'bare sfu', page: pages.url('bare-sfu'), server: bareSfu.url },
  { name: 'mesh', page: `${pages.url('switchyard')}?topology=mesh`, server: ours.url },
  { name: 'bare p2p', page: pages.url('bare-p2p'), server: bareRelay.url },
];

try {
  for (let run = 0; run <= runs; run += 1) {
    for (const { name, page: url, server } of contestants) {
      const person = await newPerson(browser);
      const room = `${name}-${run}`;
      const there = await open(person, url);
      const joiner = await open(person, url);
      await joinCall(there, { server, room, first: true });
      // The joiner is measured, not the machine that still works on the first one's join.
      await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
      const ms = await joinCall(joiner, { server, room, first: false });
      // The first round warms the servers and the browser's caches.
      if (run > 0) samples.set(name, [...(samples.get(name) ?? []), ms]);
      await person.close();
    }
    process.stderr.write(`run ${run} of ${runs}\n`);
  }
} finally {
  await Promise.all([browser.close(), ours.close(), bareSfu.close(), bareRelay.close(), pages.close()]);
}

const summary = Object.fromEntries([...samples].map(([name, values]) => [name, summarize(values)]));
const ratio = (name: string, reference: string): number => {
  const [a, b] = [summary[name], summary[reference]] as [Summary, Summary];
  return a.p50 / b.p50;
};
const ratios = { sfu: ratio('sfu', 'bare sfu'), mesh: ratio('mesh', 'bare p2p') };

process.stdout.write(`\nTime from join to the first presented frame, in ms, ${runs} runs\n\n`);
for (const [name, { p50, p95, min, max }] of Object.entries(summary)) {
  const figures = [p50, p95, min, max].map((value) => value.toFixed(0).padStart(6)).join(' ');
  process.stdout.write(`${name.padEnd(10)} p50 p95 min max ${figures}\n`);
}
process.stdout.write(
  `\nratio of the medians, ours over bare: sfu ${ratios.sfu.toFixed(2)}, mesh ${ratios.mesh.toFixed(2)}\n`,
);
await writeResult(json, {
  benchmark: 'first-frame',
  runs,
  unit: 'ms',
  summary,
  ratios,
  samples: Object.fromEntries(samples),
});
