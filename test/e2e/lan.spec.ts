import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { aRoom } from '../support/guests.ts';
import { readTerminalQr } from '../support/qr.ts';
import { serverEnvironment } from '../support/server.ts';
import { until } from '../support/until.ts';

const TEST_MS = 90_000;
const START = resolve(import.meta.dirname, '../../tools/start.mjs');
/** How long a busy machine may take to make a key and start a server. */
const START_DEADLINE_MS = 60_000;

let cache: string;
let child: ChildProcess;
let said = '';
let url: string;
let browser: Browser;

/** What is told to other devices; or to this one, where the machine is in no network. */
const addressIn = (text: string): string | undefined =>
  /Other devices in this network open (https:\S+)/.exec(text)?.[1] ??
  (text.includes('in no network') ? /is ready: open (https:\S+)/.exec(text)?.[1] : undefined);

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'switchyard-lan-'));
  const environment = await serverEnvironment({ HOST: '0.0.0.0', XDG_CACHE_HOME: cache });
  child = spawn(process.execPath, [START, '--lan'], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  url = await until(
    () => `the server to invite the LAN; it said: ${said}`,
    () => addressIn(said) ?? '',
    { deadlineMs: START_DEADLINE_MS },
  );
  browser = await launchChromium(['--ignore-certificate-errors']);
}, TEST_MS);

afterAll(async () => {
  await browser?.close();
  if (child?.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
  await rm(cache, { recursive: true, force: true });
}, TEST_MS);

async function joins(name: string, room: string): Promise<CallPage> {
  const query = { name, autojoin: '1', topology: 'sfu' };
  const page = await CallPage.open(await newPerson(browser), callAddress({ server: url, room, query }), name);
  await page.inState('joined');
  return page;
}

/** What the code in the terminal says, once all of it is there. A machine that is in no network shows none. */
function codeOrUrl(): string | undefined {
  if (said.includes('in no network')) return url;
  try {
    return readTerminalQr(said);
  } catch {
    return undefined;
  }
}

describe('npm run start:lan', () => {
  it(
    'invites other devices by a QR code, and they see each other over the SFU in a page that may use cameras',
    async () => {
      expect(await until('the whole code', codeOrUrl)).toBe(url);
      const room = aRoom();
      const [ada, alan] = [await joins('Ada', room), await joins('Alan', room)];
      expect(await ada.page.evaluate(() => window.isSecureContext)).toBe(true);
      await Promise.all([ada.sees([alan], 'sfu'), alan.sees([ada], 'sfu')]);
      expect([...ada.errors, ...alan.errors]).toEqual([]);
      await Promise.all([ada.close(), alan.close()]);
    },
    TEST_MS,
  );
});
