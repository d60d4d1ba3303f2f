import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { RunningServer } from '#server';
import { callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { aRoom } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const TEST_MS = 60_000;
const KIB = 1024;
/** What whoever looks at a room loads of scripts, as it comes over the wire. */
const PREVIEW_LIMIT_BYTES = 200 * KIB;
const LANDING_LIMIT_BYTES = 150 * KIB;

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
}, TEST_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
}, TEST_MS);

interface Script {
  readonly path: string;
  readonly encoding: string | undefined;
  /** Over the wire, with its head. */
  readonly bytes: number;
}

/** Every script that a page has loaded, those too that it has only loaded ahead. */
class ScriptLog {
  readonly scripts: Script[] = [];
  #underWay = 0;

  static async of(page: Page): Promise<ScriptLog> {
    const log = new ScriptLog();
    const network = await page.context().newCDPSession(page);
    const responses = new Map<string, { path: string; encoding: string | undefined }>();
    await network.send('Network.enable');
    network.on('Network.requestWillBeSent', () => (log.#underWay += 1));
    network.on('Network.loadingFailed', () => (log.#underWay -= 1));
    network.on('Network.responseReceived', ({ requestId, response: { url, headers, mimeType } }) => {
      if (!mimeType.includes('javascript')) return;
      responses.set(requestId, { path: new URL(url).pathname, encoding: headers['Content-Encoding'] });
    });
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      log.#underWay -= 1;
      const response = responses.get(requestId);
      if (response !== undefined) log.scripts.push({ ...response, bytes: encodedDataLength });
    });
    return log;
  }

  /** Until nothing is on its way. */
  async rest(): Promise<void> {
    await until('the page to have loaded everything', () => this.#underWay === 0);
  }

  get bytes(): number {
    return this.scripts.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The names of the build's chunks, without what changes with their content. */
  get chunks(): string[] {
    return this.scripts.map(({ path }) => path.replace(/^\/assets\/(.+)-[\w-]{8}\.js$/, '$1')).toSorted();
  }
}

/** A page of somebody whose browser has loaded nothing yet. */
async function visit(address: string): Promise<{ page: Page; log: ScriptLog }> {
  const page = await (await newPerson(browser)).newPage();
  const log = await ScriptLog.of(page);
  await page.goto(address);
  return { page, log };
}

describe('what is loaded at first', () => {
  it(
    `for the preview are at most ${PREVIEW_LIMIT_BYTES / KIB} KiB of scripts, compressed; the call itself comes with the join`,
    async () => {
      const { page, log } = await visit(callAddress({ server: server.url, room: aRoom() }));
      await page.getByText('Nobody is here yet').waitFor();
      await log.rest();
      const { bytes, chunks, scripts } = log;
      expect(chunks).toEqual(expect.arrayContaining(['index', 'room-page']));
      expect(chunks).not.toContain('call-page');
      // Over HTTP, even from localhost, Chromium takes no Brotli.
      expect(new Set(scripts.map(({ encoding }) => encoding))).toEqual(new Set(['gzip']));
      expect(bytes).toBeGreaterThan(10 * KIB);
      expect(bytes).toBeLessThan(PREVIEW_LIMIT_BYTES);

      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.waitForSelector('body[data-call-state="joined"]');
      await until('the call’s own scripts to be loaded', () => log.chunks.includes('call-page'));
      await page.context().close();
    },
    TEST_MS,
  );

  it(
    `for the start page are at most ${LANDING_LIMIT_BYTES / KIB} KiB of scripts, compressed`,
    async () => {
      const { page, log } = await visit(server.url);
      await page.getByText('None is open at the moment.').waitFor();
      await log.rest();
      expect(log.chunks).not.toContain('room-page');
      expect(log.bytes).toBeLessThan(LANDING_LIMIT_BYTES);
      await page.context().close();
    },
    TEST_MS,
  );

  it(
    'of the call may fail: the page says so, takes nobody into the call unseen, and does better when it is loaded again',
    async () => {
      const { page } = await visit(callAddress({ server: server.url, room: aRoom() }));
      await page.getByText('Nobody is here yet').waitFor();
      await page.route('**/call-page-*.js', (route) => route.abort());
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor();
      await until('nobody to be in the room', () => server.conference.counts().participants === 0);

      await page.unrouteAll();
      await page.getByRole('button', { name: 'Load again' }).click();
      await page.getByText('Nobody is here yet').waitFor();
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.getByRole('region', { name: 'You are alone here' }).waitFor();
      expect(server.conference.counts().participants).toBe(1);
      await page.context().close();
    },
    TEST_MS,
  );

  it('is compressed as the browser can take it, and is otherwise sent as it is', async () => {
    const html = await (await fetch(server.url)).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
    const answers = await Promise.all(
      ['br, gzip', 'gzip', 'identity', 'br;q=0, gzip'].map(async (accepted) => {
        const response = await fetch(server.url + script, { headers: { 'Accept-Encoding': accepted } });
        const { headers } = response;
        return { encoding: headers.get('content-encoding'), headers, text: await response.text() };
      }),
    );
    expect(answers.map(({ encoding }) => encoding)).toEqual(['br', 'gzip', null, 'gzip']);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    for (const { headers } of answers) {
      expect(headers.get('content-type')).toMatch(/^text\/javascript/);
      expect(headers.get('vary')).toContain('Accept-Encoding');
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });
});
