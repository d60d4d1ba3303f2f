import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { RunningServer } from '#server';
import { launchChromium } from '../support/chromium.ts';
import { aRoom, Guests } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const TEST_MS = 90_000;

interface Violation {
  readonly id: string;
  readonly impact?: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

declare global {
  interface Window {
    axe: { run(): Promise<{ readonly violations: readonly Violation[] }> };
  }
}

let server: RunningServer;
let browser: Browser;
let axe: string;
const open: BrowserContext[] = [];
const guests = new Guests(() => server.url);

beforeAll(async () => {
  [server, browser, axe] = await Promise.all([
    startServer(),
    launchChromium(['--use-fake-device-for-media-stream=fps=5']),
    readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
  ]);
}, TEST_MS);

afterEach(async () => {
  guests.leave();
  await Promise.all(open.splice(0).map((one) => one.close()));
  await until('everybody to leave', () => server.conference.counts().participants === 0);
}, TEST_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
}, TEST_MS);

type Theme = 'light' | 'dark';

async function visit(path: string, theme: Theme): Promise<Page> {
  const person = await browser.newContext({
    locale: 'en-US',
    colorScheme: theme,
    // Colours are judged as they stand, not on their way.
    reducedMotion: 'reduce',
    permissions: ['camera', 'microphone'],
  });
  open.push(person);
  const page = await person.newPage();
  await page.goto(`${server.url}${path}`);
  return page;
}

/** What axe finds serious or critical, in words. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await window.axe.run()).violations);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary ?? ''}`),
    );
}

describe.each<Theme>(['light', 'dark'])('axe, in the %s theme, finds nothing serious', (theme) => {
  it(
    'on the landing page and before the call',
    async () => {
      const landing = await visit('/', theme);
      await landing.getByRole('button', { name: 'Start a call' }).waitFor();
      expect(await findings(landing)).toEqual([]);

      const preview = await visit(`/${encodeURIComponent(aRoom())}`, theme);
      await preview.getByRole('combobox', { name: 'Camera' }).waitFor();
      expect(await findings(preview)).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'in a call: alone, with others, with a screen, with every card open',
    async () => {
      const room = aRoom();
      const page = await visit(`/${encodeURIComponent(room)}?name=Ada&autojoin=1`, theme);
      await page.waitForSelector('body[data-call-state="joined"]');
      await page.getByText('You are alone here').waitFor();
      expect(await findings(page)).toEqual([]);

      await guests.join(room, 'Alan', { sources: [{ source: 'screen', muted: false }] });
      await guests.join(room, 'Grace', { sources: [{ source: 'mic', muted: true }] });
      await page.getByRole('article', { name: 'Screen of Alan' }).waitFor();
      await page.getByRole('button', { name: 'Turn the microphone off' }).click();
      await page.getByRole('button', { name: 'Share your screen' }).click();
      await page.getByText('The others see your screen.').waitFor();
      expect(await findings(page)).toEqual([]);

      await page.getByRole('button', { name: 'Devices and view' }).click();
      await page.getByRole('dialog', { name: 'Devices and view' }).waitFor();
      expect(await findings(page)).toEqual([]);

      await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      expect(await findings(page)).toEqual([]);
    },
    TEST_MS,
  );
});
