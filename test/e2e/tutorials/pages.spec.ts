import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import type { RunningServer } from '#server';
import { launchChromium, newPerson } from '../../support/chromium.ts';
import { startServer } from '../../support/server.ts';
import { servePages, type ReaderServer, type TutorialPage } from './reader-server.ts';
import { ReaderTab } from './reader-tab.ts';

const TEST_MS = 90_000;

const REMOTE_VIDEOS: Readonly<Record<TutorialPage, string>> = {
  codelab: 'remoteVideo',
  'chat-and-signal': 'theirVideo',
  'zoom-clone': 'peerFace',
};

let server: RunningServer;
let readers: ReaderServer;
let browser: Browser;
let person: BrowserContext;
const tabs: ReaderTab[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
  readers = await servePages(server.url);
}, TEST_MS);

beforeEach(async () => {
  person = await newPerson(browser);
}, TEST_MS);

afterEach(async () => {
  await person.close();
  expect(tabs.splice(0).flatMap(({ errors }) => errors)).toEqual([]);
}, TEST_MS);

afterAll(async () => {
  await browser?.close();
  await readers?.close();
  await server?.close();
}, TEST_MS);

async function openTab(page: TutorialPage, where = ''): Promise<ReaderTab> {
  const tab = await ReaderTab.open(person, `${readers.url(page)}${where}`, REMOTE_VIDEOS[page]);
  tabs.push(tab);
  return tab;
}

const untilBothSeeTheOther = (...both: readonly ReaderTab[]): Promise<unknown> =>
  Promise.all(both.map((tab) => tab.seesTheOther()));

it.each([
  ['the codelab', 'codelab', '#'],
  ['the chat room and the signaling room', 'chat-and-signal', '?room='],
] as const)(
  'two tabs with the page of %s see each other again after one of them was reloaded',
  async (_of, page, where) => {
    const room = `${where}${randomUUID()}`;
    const [ada, ben] = [await openTab(page, room), await openTab(page, room)];
    await untilBothSeeTheOther(ada, ben);
    for (const tab of [ada, ben]) {
      await tab.page.reload();
      await untilBothSeeTheOther(ada, ben);
    }
  },
  TEST_MS,
);

describe('the page of the codelab', () => {
  it(
    'shows each of two tabs the other, and again whenever one has left and another has come',
    async () => {
      const room = `#${randomUUID()}`;
      const [ada, ben] = [await openTab('codelab', room), await openTab('codelab', room)];
      await untilBothSeeTheOther(ada, ben);

      // The one who was called leaves.
      await ben.close();
      await ada.isAlone();
      const cleo = await openTab('codelab', room);
      await untilBothSeeTheOther(ada, cleo);

      // The one who has called leaves, and without a word.
      await ada.vanish();
      await cleo.isAlone();
      await untilBothSeeTheOther(cleo, await openTab('codelab', room));
    },
    TEST_MS,
  );

  it(
    'says that the room is full in a third tab, and the call of the two goes on',
    async () => {
      const room = `#${randomUUID()}`;
      const [ada, ben] = [await openTab('codelab', room), await openTab('codelab', room)];
      await untilBothSeeTheOther(ada, ben);
      const late = await openTab('codelab', room);
      await late.page.waitForFunction(() => document.title.endsWith('is full'));
      await untilBothSeeTheOther(ada, ben);
    },
    TEST_MS,
  );
});

describe('the page with a chat room and a signaling room', () => {
  it(
    'shows each of two tabs the other, and what both write',
    async () => {
      const room = `?room=${randomUUID()}`;
      const [ada, ben] = [await openTab('chat-and-signal', room), await openTab('chat-and-signal', room)];
      await untilBothSeeTheOther(ada, ben);

      await ben.page.locator('#author').fill('Ben');
      await ben.page.locator('#message').fill('hello <b>Ada</b>');
      await ben.page.getByRole('button', { name: 'Send' }).click();
      for (const { page } of [ada, ben]) await page.getByText('Ben: hello <b>Ada</b>').waitFor();
    },
    TEST_MS,
  );
});

describe('the page of the Zoom clone', () => {
  it(
    'shows each of two tabs the other, who has come, what both write, and which rooms there are',
    async () => {
      const room = `café ${randomUUID()}`;
      const enter = async (nickname: string): Promise<ReaderTab> => {
        const tab = await openTab('zoom-clone');
        await tab.page.locator('#nickname').fill(nickname);
        await tab.page.locator('#roomName').fill(room);
        await tab.page.getByRole('button', { name: 'Enter' }).click();
        await tab.page.locator('#call').waitFor();
        return tab;
      };
      const onlooker = await openTab('zoom-clone');
      const [ada, ben] = [await enter('Ada'), await enter('Ben')];
      await untilBothSeeTheOther(ada, ben);
      await ada.page.getByText('Ben has come: 2 here').waitFor();
      await onlooker.page.getByText(room, { exact: true }).waitFor();

      await ada.page.locator('#text').fill('hello');
      await ada.page.getByRole('button', { name: 'Send' }).click();
      await ada.page.getByText('You: hello').waitFor();
      await ben.page.getByText('Ada: hello').waitFor();

      await ben.close();
      await ada.page.getByText('Ben has left: 1 here').waitFor();
      await ada.vanish();
      await onlooker.page.getByText(room, { exact: true }).waitFor({ state: 'detached' });
    },
    TEST_MS,
  );
});
