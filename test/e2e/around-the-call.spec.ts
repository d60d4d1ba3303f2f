import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { RoomVisibility } from '#protocol';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { aRoom } from '../support/guests.ts';
import { readShownQr } from '../support/qr.ts';
import { startServer } from '../support/server.ts';
import { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

const TEST_MS = 60_000;

let server: RunningServer;
let browser: Browser;
const open: { close(): unknown }[] = [];
const pages: CallPage[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
}, TEST_MS);

afterEach(async () => {
  const errors = pages.splice(0).flatMap((page) => page.errors);
  for (const one of open.splice(0).toReversed()) await one.close();
  // The list of public rooms is the whole server's.
  await until('the rooms to close', () => server.conference.counts().rooms === 0);
  expect(errors).toEqual([]);
}, TEST_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
}, TEST_MS);

/** Closed after the test, the last first. */
function closing<T extends { close(): unknown }>(one: T): T {
  open.push(one);
  return one;
}

const aPerson = async (): Promise<BrowserContext> => closing(await newPerson(browser));

/** Opens an address, which may be a path of the suite's server. */
async function visit(address: string, person?: BrowserContext): Promise<Page> {
  const callPage = await CallPage.open(person ?? (await aPerson()), new URL(address, server.url).href, 'Ada');
  pages.push(callPage);
  return callPage.page;
}

const addressOf = (room: string, query: Record<string, string> = {}): string =>
  callAddress({ server: server.url, room, query: { name: 'Ada', ...query } });

/** Somebody without a browser. */
async function join(room: string, visibility: RoomVisibility = 'private'): Promise<Session> {
  const session = closing(await Session.connect(server.url));
  await session.join(room, 'Grace', { visibility });
  return session;
}

/** The public rooms, as somebody without a browser is told of them. */
async function publicRooms(): Promise<Record<string, number>> {
  const session = closing(await Session.connect(server.url));
  const { rooms } = await session.request('rooms:watch', {});
  return Object.fromEntries(rooms.map(({ name, participants }) => [name, participants]));
}

describe('the start page', () => {
  it(
    'lists the public rooms with their counts, live, and no other',
    async () => {
      const [room, hidden] = [aRoom(), aRoom()];
      await join(hidden);
      const page = await visit('/');
      const list = page.getByRole('region', { name: 'Public rooms' });
      await list.getByText('None is open at the moment.').waitFor();

      const first = await join(room, 'public');
      await list.getByRole('link', { name: `${room} 1 person` }).waitFor();
      await join(room);
      await list.getByRole('link', { name: `${room} 2 people` }).waitFor();
      expect(await list.getByRole('link').count()).toBe(1);
      expect(await page.content()).not.toContain(hidden);

      await first.request('room:end', {});
      await list.getByText('None is open at the moment.').waitFor();
    },
    TEST_MS,
  );

  it(
    'leads into a public room by a click, and its preview says that it is public',
    async () => {
      const room = `${aRoom()} / 회의`;
      await join(room, 'public');
      const page = await visit('/');
      await page.getByRole('link', { name: room }).click();
      await page.getByText('This room is public').waitFor();
      await page.getByText('Grace is here').waitFor();
      expect(await page.getByRole('checkbox').count()).toBe(0);
    },
    TEST_MS,
  );

  it(
    'says that the list is not to be had while the server does not answer',
    async () => {
      const other = await startServer();
      const page = await visit(other.url);
      await page.getByText('None is open at the moment.').waitFor();
      await other.close();
      await page.getByText('the server does not answer').waitFor();
      expect(await page.getByRole('region', { name: 'Public rooms' }).getByRole('link').count()).toBe(0);
    },
    TEST_MS,
  );
});

describe('whoever opens a room', () => {
  it.each<{ wants: string; counts: (room: string) => Record<string, number> }>([
    { wants: 'a private one unless they choose', counts: () => ({}) },
    { wants: 'a public one', counts: (room) => ({ [room]: 1 }) },
  ])(
    'may want $wants',
    async ({ wants, counts }) => {
      const room = aRoom();
      const page = await visit(addressOf(room));
      const choice = page.getByRole('checkbox', { name: 'List this room on the start page' });
      expect(await choice.isChecked()).toBe(false);
      if (wants === 'a public one') await choice.check();
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.waitForSelector('body[data-call-state="joined"]');
      expect(await publicRooms()).toEqual(counts(room));
      const said = page.getByRole('banner').getByText('This room is public');
      await page.getByRole('button', { name: 'Leave' }).waitFor();
      await said.waitFor({ state: wants === 'a public one' ? 'attached' : 'detached' });
    },
    TEST_MS,
  );
});

describe('inviting', () => {
  it(
    'is done by a link, or a code that a camera reads as that link, for as long as one is alone',
    async () => {
      const room = aRoom();
      const page = await visit(addressOf(room, { autojoin: '1' }));
      const card = page.getByRole('region', { name: 'You are alone here' });
      const link = await card.getByRole('textbox', { name: 'Link to this room' }).inputValue();
      expect(decodeURIComponent(link)).toBe(`${server.url}/${room}`);
      expect(await readShownQr(card.getByRole('img', { name: 'QR code' }))).toBe(link);
      // The suite's server is on localhost.
      await card.getByText('This address means this computer').waitFor();
      // There is nothing to share with in this browser.
      expect(await card.getByRole('button', { name: 'Share' }).count()).toBe(0);
      await join(room);
      await card.waitFor({ state: 'detached' });
    },
    TEST_MS,
  );

  it(
    'goes on in the call by a dialog, which copies the link and is closed by Escape',
    async () => {
      const room = aRoom();
      await join(room);
      const person = await aPerson();
      await person.grantPermissions(['camera', 'microphone', 'clipboard-read', 'clipboard-write']);
      const page = await visit(addressOf(room, { autojoin: '1' }), person);
      const button = page.getByRole('button', { name: 'Invite others' });
      await button.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Invite others' });
      await dialog.getByRole('button', { name: 'Link copied' }).waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(decodeURIComponent(link)).toBe(`${server.url}/${room}`);
      expect(await readShownQr(dialog.getByRole('img', { name: 'QR code' }))).toBe(link);

      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    },
    TEST_MS,
  );

  it(
    'uses what the system shares with, where it has that',
    async () => {
      const person = await aPerson();
      await person.addInitScript(() => {
        const shared: (string | undefined)[] = [];
        Object.assign(window, { shared });
        navigator.canShare = () => true;
        navigator.share = ({ url } = {}) => {
          shared.push(url);
          // The person thinks better of it; then it fails.
          return Promise.reject(new DOMException('', shared.length === 1 ? 'AbortError' : 'DataError'));
        };
      });
      const page = await visit(addressOf(aRoom(), { autojoin: '1' }), person);
      const card = page.getByRole('region', { name: 'You are alone here' });
      const link = await card.getByRole('textbox').inputValue();
      const button = card.getByRole('button', { name: 'Share' });
      await button.click();
      expect(await page.evaluate(() => (window as { shared?: unknown }).shared)).toEqual([link]);
      expect(await card.getByText('That did not work').count()).toBe(0);
      await button.click();
      await card.getByText('That did not work. Copy the link instead.').waitFor();
    },
    TEST_MS,
  );
});

describe('what a browser remembers', () => {
  it(
    'is the name, and whether the microphone and the camera were wanted',
    async () => {
      const person = await aPerson();
      const page = await visit(`/${encodeURIComponent(aRoom())}`, person);
      await page.getByRole('textbox', { name: 'Your name' }).fill('Ada Lovelace');
      await page.getByRole('button', { name: 'Turn the microphone off' }).click();
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.waitForSelector('body[data-call-state="joined"]');
      // That the call ends, and its devices with it, is not a choice of theirs.
      await page.getByRole('button', { name: 'Leave', exact: true }).click();
      await page.waitForSelector('body[data-call-state="left"]');

      const room = aRoom();
      const again = await visit(`/${encodeURIComponent(room)}`, person);
      expect(await again.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('Ada Lovelace');
      await again.getByRole('button', { name: 'Turn the camera off' }).waitFor();
      await again.getByRole('button', { name: 'Turn the microphone on' }).waitFor();
      await again.getByRole('button', { name: 'Join', exact: true }).click();
      await again.waitForSelector('body[data-call-state="joined"]');
      const session = await join(room);
      const [ada] = session.joined?.room.participants ?? [];
      expect(ada).toMatchObject({
        displayName: 'Ada Lovelace',
        sources: [{ source: 'camera', muted: false }],
      });
    },
    TEST_MS,
  );

  it(
    'is the language',
    async () => {
      const person = await aPerson();
      const page = await visit('/', person);
      await page.getByRole('combobox', { name: 'Language' }).selectOption('한국어');
      await page.getByRole('button', { name: '통화 시작' }).waitFor();
      const again = await visit(addressOf(aRoom()), person);
      await again.getByRole('button', { name: '참여하기' }).waitFor();
      expect(await again.evaluate(() => document.documentElement.lang)).toBe('ko');
    },
    TEST_MS,
  );
});
