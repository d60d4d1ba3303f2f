import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import type { Topology } from '#protocol';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { aRoom, Guests } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const TEST_MS = 60_000;
const MEDIA_MS = 20_000;
const PHONE = { width: 360, height: 740 };

let server: RunningServer;
let browser: Browser;
const people: CallPage[] = [];
const guests = new Guests(() => server.url);

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer(),
    launchChromium(['--use-fake-device-for-media-stream=fps=10,device-count=3']),
  ]);
}, TEST_MS);

afterEach(async () => {
  const left = people.splice(0);
  guests.leave();
  await Promise.all(left.map((one) => one.close()));
  await until('everybody to leave', () => server.conference.counts().participants === 0);
  expect(left.flatMap(({ errors }) => errors)).toEqual([]);
}, TEST_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
}, TEST_MS);

interface Joining {
  readonly room?: string;
  readonly name?: string;
  readonly query?: Record<string, string>;
  readonly viewport?: { readonly width: number; readonly height: number };
}

async function visit({
  room = aRoom(),
  name = 'Ada',
  query = {},
  viewport,
}: Joining = {}): Promise<CallPage> {
  const person = await newPerson(browser);
  const page = await CallPage.open(
    person,
    callAddress({ server: server.url, room, query: { name, ...query } }),
    name,
  );
  people.push(page);
  if (viewport !== undefined) await page.page.setViewportSize(viewport);
  return page;
}

async function join({ query, ...more }: Joining = {}): Promise<CallPage> {
  const page = await visit({ ...more, query: { autojoin: '1', ...query } });
  await page.inState('joined');
  // The call's own scripts may come later than its media.
  await page.page.getByTestId('leave').waitFor();
  return page;
}

/** People who are seen by their names alone. */
const crowd = (room: string, count: number): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, (_, index) => guests.join(room, `Guest ${index + 1}`)));

const button = ({ page }: CallPage, name: string): Locator => page.getByRole('button', { name, exact: true });
const key = ({ page }: CallPage, name: string): Promise<void> => page.keyboard.press(name);
const tiles = ({ page }: CallPage): Locator => page.getByTestId('tile');

async function untilTiles(one: CallPage, count: number): Promise<void> {
  await until(`${count} tiles`, async () => (await tiles(one).count()) === count, { deadlineMs: MEDIA_MS });
}

/** The name of the device whose track is in one's own tile; null while there is none. */
const ownCamera = ({ page }: CallPage): Promise<string | null> =>
  page.locator('[data-local] video').evaluate((video: HTMLVideoElement) => {
    const [track] = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
    return track?.readyState === 'live' ? track.label : null;
  });

/** Until more has been decoded than could have been on its way. */
async function untilMoreFrames(one: CallPage): Promise<void> {
  const frames = async (): Promise<number> => (await one.report())[0]?.framesDecoded ?? 0;
  const before = await frames();
  await until('frames of the other camera', async () => (await frames()) > before + 10, {
    deadlineMs: MEDIA_MS,
    everyMs: 50,
  });
}

describe('keyboard shortcuts', () => {
  it(
    'turn microphone and camera off and on, and never while somebody types',
    async () => {
      const ada = await join();
      await key(ada, 'm');
      await button(ada, 'Turn the microphone on').waitFor();
      await key(ada, 'M');
      await button(ada, 'Turn the microphone off').waitFor();
      await key(ada, 'v');
      await button(ada, 'Turn the camera on').waitFor();
      await key(ada, 'v');
      await button(ada, 'Turn the camera off').waitFor();

      await ada.page.getByRole('textbox', { name: 'Link to this room' }).focus();
      await key(ada, 'm');
      await key(ada, 'v');
      await key(ada, '?');
      await button(ada, 'Turn the microphone off').waitFor();
      await button(ada, 'Turn the camera off').waitFor();
      expect(await ada.page.getByRole('dialog').count()).toBe(0);
    },
    TEST_MS,
  );

  it(
    'are all listed on a question mark, until Escape',
    async () => {
      const ada = await join();
      await key(ada, '?');
      const dialog = ada.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await dialog.waitFor();
      expect(await dialog.getByRole('term').allInnerTexts()).toEqual([
        'M',
        'Space',
        'V',
        'S',
        'H',
        'C',
        'G',
        'F',
        'P',
        'Page Up',
        'Page Down',
        'Esc',
        '?',
      ]);
      await key(ada, 'm');
      await key(ada, 'Escape');
      await dialog.waitFor({ state: 'detached' });
      await button(ada, 'Turn the microphone off').waitFor();
    },
    TEST_MS,
  );

  it(
    'raise a hand and open the chat, in which they are letters',
    async () => {
      const ada = await join();
      await key(ada, 'h');
      await button(ada, 'Lower hand').waitFor();
      await key(ada, 'c');
      await ada.page.getByRole('dialog', { name: 'Chat' }).waitFor();
      await ada.page.getByRole('dialog', { name: 'Chat' }).getByRole('textbox').focus();
      await ada.page.keyboard.type('hmv? ');
      await button(ada, 'Lower hand').waitFor();
      await button(ada, 'Turn the microphone off').waitFor();
      await key(ada, 'Escape');
      await ada.page.getByRole('dialog', { name: 'Chat' }).waitFor({ state: 'detached' });
      expect(await ada.page.getByRole('dialog').count()).toBe(0);
    },
    TEST_MS,
  );

  it(
    'let a muted person speak for as long as the space bar is held',
    async () => {
      const room = aRoom();
      const ada = await join({ room });
      const alan = await join({ room, name: 'Alan' });
      await alan.sees([ada], 'mesh');
      const muted = alan.tile('Ada').getByRole('img', { name: 'Ada: microphone off' });
      // By the mouse, so that the button does not get the space bar.
      await button(ada, 'Turn the microphone off').click();
      await muted.waitFor();
      await ada.page.keyboard.down(' ');
      await muted.waitFor({ state: 'detached' });
      await ada.page.getByText('You can be heard until you let go of the space bar.').waitFor();
      await ada.page.keyboard.up(' ');
      await muted.waitFor();

      // With the keyboard on the button, the space bar presses it.
      await button(ada, 'Turn the microphone on').focus();
      await key(ada, ' ');
      await muted.waitFor({ state: 'detached' });
      await button(ada, 'Turn the microphone off').waitFor();
      expect(await muted.count()).toBe(0);
    },
    TEST_MS,
  );

  it(
    'switch full screen and picture in picture on and off',
    async () => {
      const room = aRoom();
      const ada = await join({ room });
      const alan = await join({ room, name: 'Alan' });
      await key(ada, 'f');
      await until('the full screen', () => ada.page.evaluate(() => document.fullscreenElement !== null));
      await key(ada, 'f');
      await until('no full screen', () => ada.page.evaluate(() => document.fullscreenElement === null));

      await ada.sees([alan], 'mesh');
      await key(ada, 'p');
      await until('Alan in a window of his own', () =>
        ada.page.evaluate(
          () =>
            document.pictureInPictureElement?.closest<HTMLElement>('[data-testid="tile"]')?.dataset[
              'participantName'
            ] === 'Alan',
        ),
      );
      await key(ada, 'p');
      await until('no such window', () => ada.page.evaluate(() => document.pictureInPictureElement === null));
    },
    TEST_MS,
  );
});

describe('what is large', () => {
  it(
    'is the tile that was clicked, or chosen by the keyboard, until Escape',
    async () => {
      const room = aRoom();
      const ada = await join({ room });
      await crowd(room, 4);
      await untilTiles(ada, 4);
      const width = async (name: string): Promise<number> => (await ada.tile(name).boundingBox())?.width ?? 0;
      const isLarge = (name: string, other: string): Promise<boolean> =>
        until(`${name} to be large`, async () => (await width(name)) > 2 * (await width(other)));

      await ada.tile('Guest 3').click();
      await isLarge('Guest 3', 'Guest 1');
      expect(await button(ada, 'Show large: Guest 3').getAttribute('aria-pressed')).toBe('true');
      await button(ada, 'Show large: Guest 1').focus();
      await key(ada, 'Enter');
      await isLarge('Guest 1', 'Guest 3');

      // The card that is open closes first.
      await button(ada, 'Devices and view').click();
      await key(ada, 'Escape');
      await ada.page.getByRole('dialog').waitFor({ state: 'detached' });
      await isLarge('Guest 1', 'Guest 3');
      await key(ada, 'Escape');
      await until('all to be of one size', async () => (await width('Guest 1')) === (await width('Guest 3')));
    },
    TEST_MS,
  );

  it(
    'is one person in the speaker view, which is remembered',
    async () => {
      const room = aRoom();
      const ada = await join({ room });
      await crowd(room, 3);
      await untilTiles(ada, 3);
      await button(ada, 'Devices and view').click();
      await button(ada, 'Whoever speaks large').click();
      const large = ada.page.locator('[data-place="stage"]');
      await large.getByRole('article', { name: 'Guest 1' }).waitFor();
      await ada.page.reload();
      await ada.inState('joined');
      await large.waitFor();
      await key(ada, 'g');
      await large.waitFor({ state: 'detached' });
    },
    TEST_MS,
  );
});

describe('more people than there is place for', () => {
  it(
    'are on pages, of which only the one that is seen is there',
    async () => {
      const room = aRoom();
      const ada = await join({ room, viewport: PHONE, query: { topology: 'sfu' } });
      await join({ room, name: 'Alan' });
      const alan = ada.page.locator('audio[data-participant-name="Alan"]');
      await alan.waitFor({ state: 'attached' });
      await crowd(room, 23);
      await ada.page.getByText('Page 1 of 3').waitFor({ state: 'attached' });
      const names = (): Promise<string[]> =>
        tiles(ada).evaluateAll((all) =>
          all.map((tile) => (tile as HTMLElement).dataset['participantName'] ?? ''),
        );
      const seen: string[][] = [await names()];
      await button(ada, 'More people').click();
      await ada.page.getByText('Page 2 of 3').waitFor({ state: 'attached' });
      seen.push(await names());
      await key(ada, 'PageDown');
      await ada.page.getByText('Page 3 of 3').waitFor({ state: 'attached' });
      seen.push(await names());
      expect(new Set(seen.flat()).size).toBe(24);
      expect(seen.flat()).toHaveLength(24);
      // Whoever is not seen is heard.
      expect(seen[2]).not.toContain('Alan');
      const heardS = (): Promise<number> => alan.evaluate((audio: HTMLAudioElement) => audio.currentTime);
      const before = await heardS();
      await until('Alan to be heard', async () => (await heardS()) > before);
      expect(await ada.page.locator('video').count()).toBe(seen.at(-1)?.length);
      expect(await button(ada, 'More people').isDisabled()).toBe(true);

      await key(ada, 'PageUp');
      await ada.page.getByText('Page 2 of 3').waitFor({ state: 'attached' });
      await ada.page.setViewportSize({ width: 1440, height: 900 });
      await untilTiles(ada, 24);
      expect(await button(ada, 'More people').count()).toBe(0);
    },
    TEST_MS,
  );
});

describe('choosing devices', () => {
  it.each<Topology>(['mesh', 'sfu'])(
    'changes the camera while it is sent over %s, and remembers it',
    async (topology) => {
      const room = aRoom();
      const ada = await join({ room, query: { topology } });
      const alan = await join({ room, name: 'Alan' });
      await alan.sees([ada], topology);
      const before = await ada.page
        .locator('[data-local] video')
        .evaluateHandle((video: HTMLVideoElement) => {
          if (!(video.srcObject instanceof MediaStream)) throw new Error('expected a stream');
          return video.srcObject.getVideoTracks();
        });
      expect(await ownCamera(ada)).toBe('fake_device_0');

      await button(ada, 'Devices and view').click();
      await ada.page.getByRole('combobox', { name: 'Camera' }).selectOption({ label: 'fake_device_2' });
      await until('the other camera', async () => (await ownCamera(ada)) === 'fake_device_2');
      // The old one is let go of: what comes now comes from the new one.
      await until('the old camera to be off', () =>
        before.evaluate((tracks) => tracks.every(({ readyState }) => readyState === 'ended')),
      );
      await untilMoreFrames(alan);
      await alan.sees([ada], topology);

      await ada.page.reload();
      await ada.inState('joined');
      await until('the camera that was chosen', async () => (await ownCamera(ada)) === 'fake_device_2');
    },
    TEST_MS,
  );

  it(
    'has the same menus before the call',
    async () => {
      const ada = await visit();
      const camera = ada.page.getByRole('combobox', { name: 'Camera' });
      await until('names of cameras', async () => (await camera.getByRole('option').count()) === 3);
      await camera.selectOption({ label: 'fake_device_2' });
      await ada.page.getByRole('combobox', { name: 'Microphone' }).waitFor();
      const speaker = ada.page.getByRole('combobox', { name: 'Speaker' });
      const [first, second] = await speaker.getByRole('option').allInnerTexts();
      expect(first).toBe('As the system has it');
      await speaker.selectOption({ label: second ?? '' });
      await button(ada, 'Join').click();
      await ada.inState('joined');
      await until('the camera that was chosen', async () => (await ownCamera(ada)) === 'fake_device_2');
    },
    TEST_MS,
  );

  it(
    'plays the others through the speaker that was chosen',
    async () => {
      const room = aRoom();
      const ada = await join({ room });
      const alan = await join({ room, name: 'Alan' });
      await ada.sees([alan], 'mesh');
      const sink = (): Promise<string> =>
        ada.page.getByTestId('sound').evaluate((audio: HTMLAudioElement) => audio.sinkId);
      expect(await sink()).toBe('');
      await button(ada, 'Devices and view').click();
      const speaker = ada.page.getByRole('combobox', { name: 'Speaker' });
      await speaker.selectOption({ index: 1 });
      const chosen = await speaker.inputValue();
      await until('sound to come out of it', async () => (await sink()) === chosen);
      // Whoever comes later comes out of it, too.
      await join({ room, name: 'Grace' });
      await until('two to come out of it', () =>
        ada.page
          .getByTestId('sound')
          .evaluateAll(
            (all, id) => all.length === 2 && all.every((audio) => (audio as HTMLAudioElement).sinkId === id),
            chosen,
          ),
      );
    },
    TEST_MS,
  );

  it(
    'goes on with another camera when the one that is used vanishes',
    async () => {
      const room = aRoom();
      const ada = await join({ room });
      const alan = await join({ room, name: 'Alan' });
      await alan.sees([ada], 'mesh');
      await ada.page.locator('[data-local] video').evaluate((video: HTMLVideoElement) => {
        const [track] = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
        track?.stop();
        track?.dispatchEvent(new Event('ended'));
      });
      await ada.page.getByRole('status').filter({ hasText: 'Your camera went away.' }).waitFor();
      await alan.sees([ada], 'mesh');
      expect(await ownCamera(ada)).toMatch(/^fake_device_/);
    },
    TEST_MS,
  );
});

describe('a page that was asleep', () => {
  it(
    'says so when it wakes, and the call goes on',
    async () => {
      const ada = await join({ query: { video: '0', audio: '0' } });
      await ada.page.clock.install();
      await ada.page.reload();
      await ada.inState('joined');
      await ada.page.clock.fastForward('05:00');
      const notice = ada.page.getByText('This page was asleep for about 5 minutes.');
      await notice.waitFor();
      // The server may have given it up meanwhile: then it comes back.
      await ada.inState('joined');
      expect(await notice.count()).toBe(1);
    },
    TEST_MS,
  );
});
