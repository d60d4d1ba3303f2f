// Chat, people, hands and reactions in the call page, found by role and label as people and screen readers find them.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { aRoom } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const TEST_MS = 90_000;
/** How long a busy machine may take for what is not media. */
const SOON_MS = 10_000;

let server: RunningServer;
let browser: Browser;
const pages: CallPage[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
}, TEST_MS);

afterEach(async () => {
  const errors = pages.flatMap((page) => page.errors);
  for (const page of pages.splice(0)) await page.close();
  await until('everybody to leave', () => server.conference.counts().participants === 0);
  expect(errors).toEqual([]);
}, TEST_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
}, TEST_MS);

interface Joining {
  readonly query?: Record<string, string>;
  /** Runs in the page before anything of its own. */
  readonly before?: () => void;
  readonly locale?: string;
}

/** Without devices unless asked for: a conversation needs none. */
async function join(
  room: string,
  name: string,
  { query = { audio: '0', video: '0' }, before, locale }: Joining = {},
): Promise<CallPage> {
  const person = await newPerson(browser, locale);
  if (before !== undefined) await person.addInitScript(before);
  const address = callAddress({ server: server.url, room, query: { name, autojoin: '1', ...query } });
  const page = await CallPage.open(person, address, name);
  pages.push(page);
  page.page.setDefaultTimeout(SOON_MS);
  await page.inState('joined');
  return page;
}

const button = ({ page }: CallPage, name: string | RegExp): Locator => page.getByRole('button', { name });
const chatButton = (page: CallPage): Locator =>
  page.page.getByRole('group', { name: 'Call controls' }).getByRole('button', { name: /^Chat/ });
const chat = ({ page }: CallPage): Locator => page.getByRole('dialog', { name: 'Chat' });
const people = ({ page }: CallPage): Locator => page.getByRole('dialog', { name: 'People' });
const messages = (page: CallPage): Locator => chat(page).getByRole('log', { name: 'Messages' });
const message = (page: CallPage, text: string): Locator =>
  messages(page).getByRole('listitem').filter({ hasText: text });
const composer = (page: CallPage): Locator => chat(page).getByRole('textbox', { name: 'Message' });

async function openChat(page: CallPage): Promise<void> {
  await chatButton(page).click();
  await chat(page).waitFor();
}

async function write(page: CallPage, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Until what has the focus is that. */
async function untilFocused(what: string, locator: Locator): Promise<void> {
  await until(`the focus to be on ${what}`, () =>
    locator.evaluate((element) => element === document.activeElement),
  );
}

const textsIn = (page: CallPage): Promise<string[]> =>
  messages(page)
    .getByRole('listitem')
    .evaluateAll((entries) => entries.map((entry) => entry.querySelector('p:last-child')?.textContent ?? ''));

describe('chat', () => {
  it(
    'shows a link that can be clicked, and markup as the text that it is',
    async () => {
      const room = aRoom();
      const [ada, ben] = [await join(room, 'Ada'), await join(room, 'Ben')];
      await openChat(ada);
      await openChat(ben);
      const attempt = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>';
      await write(ada, 'Read https://example.org/plan?a=1.');
      await write(ada, attempt);
      await write(ada, 'javascript:window.owned=1');
      await message(ben, 'javascript:').waitFor();
      expect(await textsIn(ben)).toEqual([
        'Read https://example.org/plan?a=1.',
        attempt,
        'javascript:window.owned=1',
      ]);
      const links = messages(ben).getByRole('link');
      expect(await links.count()).toBe(1);
      expect(await links.getAttribute('href')).toBe('https://example.org/plan?a=1');
      expect(await links.getAttribute('target')).toBe('_blank');
      expect(await links.getAttribute('rel')).toContain('noopener');
      expect(await messages(ben).locator('img, script').count()).toBe(0);
      expect(await ben.page.evaluate(() => 'owned' in window)).toBe(false);
    },
    TEST_MS,
  );

  it(
    'counts what is unread on its button until it is read, and tells a screen reader',
    async () => {
      const room = aRoom();
      const [ada, ben] = [await join(room, 'Ada'), await join(room, 'Ben')];
      await openChat(ada);
      await write(ada, 'one');
      await button(ben, 'Chat, 1 unread message').waitFor();
      await write(ada, 'two');
      await button(ben, 'Chat, 2 unread messages').waitFor();
      await ben.page.getByRole('status').filter({ hasText: 'Ada: two' }).waitFor({ state: 'attached' });
      await openChat(ben);
      await button(ben, /^Chat$/).waitFor();
      await write(ada, 'three');
      await message(ben, 'three').waitFor();
      await button(ben, /^Chat$/).waitFor();
      // What one writes oneself is read.
      await write(ben, 'four');
      await composer(ben).press('Escape');
      await chat(ben).waitFor({ state: 'detached' });
      await message(ada, 'four').waitFor();
      expect(await textsIn(ada)).toEqual(['one', 'two', 'three', 'four']);
      await write(ada, 'five');
      await button(ben, 'Chat, 1 unread message').waitFor();
    },
    TEST_MS,
  );

  it(
    'keeps a private message between its two, and has the rest for who comes later',
    async () => {
      const room = aRoom();
      const [ada, ben, cleo] = [await join(room, 'Ada'), await join(room, 'Ben'), await join(room, 'Cleo')];
      await button(ada, 'People').click();
      await people(ada).getByRole('button', { name: 'Private message to Ben' }).click();
      await chat(ada).waitFor();
      expect(await chat(ada).getByRole('combobox', { name: 'To' }).inputValue()).toBe(
        await ben.page.evaluate(() => window.switchyard?.call.snapshot.local.id ?? ''),
      );
      await write(ada, 'between us');
      await chat(ada).getByRole('combobox', { name: 'To' }).selectOption('Everyone');
      await write(ada, 'to all');
      for (const one of [ben, cleo]) await openChat(one);
      await message(ben, 'to all').waitFor();
      await message(cleo, 'to all').waitFor();
      expect(await textsIn(ben)).toEqual(['between us', 'to all']);
      expect(await message(ben, 'between us').innerText()).toContain('private, to you');
      expect(await message(ada, 'between us').innerText()).toContain('private, to Ben');
      expect(await textsIn(cleo)).toEqual(['to all']);
      const dan = await join(room, 'Dan');
      await button(dan, 'Chat, 1 unread message').click();
      await message(dan, 'to all').waitFor();
      expect(await textsIn(dan)).toEqual(['to all']);
    },
    TEST_MS,
  );

  it(
    'does not send to everyone what was meant for somebody who has left',
    async () => {
      const room = aRoom();
      const [ada, ben, cleo] = [await join(room, 'Ada'), await join(room, 'Ben'), await join(room, 'Cleo')];
      await openChat(ada);
      await chat(ada).getByRole('combobox', { name: 'To' }).selectOption('Ben');
      await composer(ada).fill('a secret');
      await button(ben, 'Leave').click();
      const words = 'Ben has left. Choose to whom you are writing.';
      await chat(ada).getByRole('status').filter({ hasText: words }).waitFor();
      await composer(ada).press('Enter');
      await button(ada, 'Send').click();
      await chat(ada).getByRole('combobox', { name: 'To' }).selectOption('Cleo');
      await composer(ada).press('Enter');
      await openChat(cleo);
      await message(cleo, 'private, to you').waitFor();
      expect(await textsIn(cleo)).toEqual(['a secret']);
      expect(await textsIn(ada)).toEqual(['a secret']);
    },
    TEST_MS,
  );

  it(
    'says what is in the way of a text that is too long or comes too fast, and keeps it',
    async () => {
      const ada = await join(aRoom(), 'Ada');
      await openChat(ada);
      await composer(ada).fill('x'.repeat(100_000));
      await composer(ada).press('Enter');
      await chat(ada)
        .getByRole('status')
        .filter({ hasText: '100,000 characters. A message has at most 4,000.' })
        .waitFor();
      await composer(ada).fill('two');
      await composer(ada).press('Shift+Enter');
      await composer(ada).pressSequentially('lines');
      await composer(ada).press('Enter');
      await message(ada, 'two').waitFor();
      expect(await textsIn(ada)).toEqual(['two\nlines']);
      const refused = chat(ada).getByRole('status').filter({ hasText: 'You are writing too fast.' });
      const passed = message(ada, 'too fast');
      let count = 0;
      // On a busy machine there may be room for one more by the time that it is written.
      await until('a message to come too fast', async () => {
        await ada.page.evaluate(async () => {
          const room = window.switchyard?.call.chat;
          if (room === undefined) throw new Error('expected a page with a call');
          await Promise.allSettled(Array.from({ length: 30 }, (_, n) => room.send(`burst ${n}`)));
        });
        await write(ada, 'too fast');
        await refused.or(passed.nth(count)).first().waitFor();
        count = await passed.count();
        return refused.isVisible();
      });
      expect(await composer(ada).inputValue()).toBe('too fast');
    },
    TEST_MS,
  );

  it(
    'is used by keyboard alone: the focus goes in, Escape closes it, and the focus goes back',
    async () => {
      const ada = await join(aRoom(), 'Ada');
      await chatButton(ada).focus();
      await ada.page.keyboard.press('Enter');
      await untilFocused('the composer', composer(ada));
      await ada.page.keyboard.type('typed');
      await ada.page.keyboard.press('Escape');
      await untilFocused('the chat button', chatButton(ada));
      expect(await chat(ada).count()).toBe(0);
      await ada.page.keyboard.press('Enter');
      await untilFocused('the composer', composer(ada));
      expect(await composer(ada).inputValue()).toBe('typed');
      await ada.page.keyboard.press('Enter');
      await message(ada, 'typed').waitFor();
      await button(ada, 'People').click();
      await untilFocused('the people', people(ada));
      expect(await chat(ada).count()).toBe(0);
      // The place beside the call has one of them at a time.
      await button(ada, /How this call runs/).click();
      await people(ada).waitFor({ state: 'detached' });
      await button(ada, 'People').click();
      await people(ada).waitFor();
      expect(await ada.page.getByRole('dialog').count()).toBe(1);
    },
    TEST_MS,
  );

  it(
    'speaks Korean, too',
    async () => {
      const ada = await join(aRoom(), 'Ada', {
        query: { audio: '0', video: '0' },
        locale: 'ko-KR',
      });
      await ada.page.getByRole('button', { name: '채팅' }).click();
      await ada.page.getByRole('textbox', { name: '메시지 입력' }).fill('안녕하세요');
      await ada.page.getByRole('button', { name: '보내기' }).click();
      const entry = ada.page.getByRole('log', { name: '메시지' }).getByRole('listitem');
      expect(await entry.innerText()).toMatch(/^나\s+(오전|오후) \d+:\d\d\s+안녕하세요$/);
    },
    TEST_MS,
  );
});

describe('people', () => {
  const rows = async (page: CallPage): Promise<string[]> => {
    const entries = await people(page).getByRole('listitem').allInnerTexts();
    return entries.map((entry) => entry.replaceAll(/\s+/g, ' ').replace(/^\S+ /, ''));
  };

  it(
    'are listed with their count, what they have turned off, their role, and hands first, in order',
    async () => {
      const room = aRoom();
      const ada = await join(room, 'Ada', { query: {} });
      const ben = await join(room, 'Ben', { query: { video: '0' } });
      const cleo = await join(room, 'Cleo');
      await button(ben, 'People').click();
      await people(ben).getByRole('heading', { name: 'People (3)' }).waitFor();
      expect(await rows(ben)).toEqual(['Ben You', 'Ada Host', 'Cleo']);
      const off = (name: string): Promise<string[]> =>
        people(ben)
          .getByRole('listitem')
          .filter({ hasText: name })
          .getByRole('img')
          .evaluateAll((signs) => signs.map((sign) => sign.getAttribute('aria-label') ?? ''));
      await until('the devices to be told', async () => (await off('Ada')).length === 0);
      expect(await off('Ben')).toEqual(['Ben: camera off']);
      expect(await off('Cleo')).toEqual(['Cleo: microphone off', 'Cleo: camera off']);

      await button(cleo, 'Raise hand').click();
      await people(ben).getByRole('img', { name: 'Cleo: hand raised, number 1' }).waitFor();
      await button(ada, 'Raise hand').click();
      await people(ben).getByRole('img', { name: 'Ada: hand raised, number 2' }).waitFor();
      expect(await rows(ben)).toEqual(['Cleo 1', 'Ada 2 Host', 'Ben You']);
      await ben.tile('Cleo').getByRole('img', { name: 'Cleo: hand raised, number 1' }).waitFor();
      await ben.page
        .getByRole('status')
        .filter({ hasText: 'Cleo raised a hand' })
        .waitFor({ state: 'attached' });

      const dan = await join(room, 'Dan');
      await button(dan, 'People').click();
      expect(await rows(dan)).toEqual(['Cleo 1', 'Ada 2 Host', 'Dan You', 'Ben']);
      await button(cleo, 'Lower hand').click();
      await people(dan).getByRole('img', { name: 'Ada: hand raised, number 1' }).waitFor();
      expect(await rows(dan)).toEqual(['Ada 1 Host', 'Dan You', 'Ben', 'Cleo']);
    },
    TEST_MS,
  );
});

describe('a reaction', () => {
  it(
    'is seen over the tile of whoever shows it, for a moment',
    async () => {
      const room = aRoom();
      const [ada, ben] = [await join(room, 'Ada'), await join(room, 'Ben')];
      await button(ada, 'Reactions').click();
      const applause = ada.page
        .getByRole('group', { name: 'Reactions' })
        .getByRole('button', { name: 'Applause' });
      await applause.click();
      const shown = ben.tile('Ada').getByRole('img', { name: 'Applause' });
      await shown.waitFor();
      expect(await shown.innerText()).toBe('👏');
      await ada.page.getByRole('article', { name: 'You' }).getByRole('img', { name: 'Applause' }).waitFor();
      await ben.page.getByRole('status').filter({ hasText: 'Ada: Applause' }).waitFor({ state: 'attached' });
      await shown.waitFor({ state: 'detached' });
      await applause.press('Escape');
      await untilFocused('the button', button(ada, 'Reactions'));
    },
    TEST_MS,
  );
});

/** A microphone into which somebody speaks as loud as `window.voice` says; and every track that was ever made of it. */
function speakByHand(): void {
  const tracks: MediaStreamTrack[] = [];
  Object.assign(window, { tracks });
  const cloned = (track: MediaStreamTrack): MediaStreamTrack => {
    const clone = track.clone.bind(track);
    track.clone = () => cloned(clone());
    tracks.push(track);
    return track;
  };
  navigator.mediaDevices.getUserMedia = () => {
    const context = new AudioContext();
    const voice = new GainNode(context, { gain: 0 });
    const throat = new OscillatorNode(context, { frequency: 220 });
    const air = context.createMediaStreamDestination();
    throat.connect(voice).connect(air);
    throat.start();
    Object.assign(window, { speak: (loudness: number) => voice.gain.setValueAtTime(loudness, 0) });
    for (const track of air.stream.getTracks()) cloned(track);
    return Promise.resolve(air.stream);
  };
}

interface SpeakingWindow {
  speak?: (loudness: number) => void;
  tracks?: MediaStreamTrack[];
}

describe('whoever speaks while muted', () => {
  it(
    'is told so, may unmute there, and leaves no microphone open',
    async () => {
      const ada = await join(aRoom(), 'Ada', { query: { video: '0' }, before: speakByHand });
      const speak = (loudness: number): Promise<void> =>
        ada.page.evaluate((loud) => (window as SpeakingWindow).speak?.(loud), loudness);
      const states = (): Promise<string[]> =>
        ada.page.evaluate(() => ((window as SpeakingWindow).tracks ?? []).map((track) => track.readyState));
      const hint = ada.page.getByRole('status').filter({ hasText: 'You are muted. Nobody can hear you.' });

      await speak(0.5);
      await button(ada, 'Turn the microphone off').click();
      await hint.waitFor();
      await speak(0);
      await hint.waitFor({ state: 'hidden' });
      await speak(0.5);
      await hint.getByRole('button', { name: 'Unmute' }).click();
      await button(ada, 'Turn the microphone off').waitFor();
      await hint.waitFor({ state: 'hidden' });
      expect(await states()).toEqual(['live', 'ended']);

      await button(ada, 'Turn the microphone off').click();
      await hint.waitFor();
      await button(ada, 'Leave').click();
      await ada.inState('left');
      await until('every microphone to be given back', async () =>
        (await states()).every((state) => state === 'ended'),
      );
      expect(await states()).toHaveLength(3);
    },
    TEST_MS,
  );
});
