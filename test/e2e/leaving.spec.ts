import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, JSHandle } from 'playwright-core';
import type { ConferenceCounts } from '#conference';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { aRoom } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until, within } from '../support/until.ts';

const TEST_MS = 60_000;
/** What the others may take to see that somebody has gone, on a busy machine. */
const SEEN_MS = 5000;
/** How long an empty room is kept, and what a busy machine may take on top. */
const EMPTY_MS = 10_000;

const NOTHING = {
  rooms: 0,
  participants: 0,
  timers: 0,
  routers: 0,
  transports: 0,
  producers: 0,
  consumers: 0,
};

let server: RunningServer;
let browser: Browser;
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
}, TEST_MS);

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
  await until('everybody to leave', () => server.conference.counts().participants === 0);
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

async function join(room: string, name: string, query: Record<string, string> = {}): Promise<CallPage> {
  return closing(await CallPage.join(browser, { server: server.url, room, name, query }));
}

/** Three who see each other over the SFU, the first of whom is the host. */
async function three(): Promise<[CallPage, CallPage, CallPage]> {
  const room = aRoom();
  const [ada, alan, grace] = [
    await join(room, 'Ada', { topology: 'sfu' }),
    await join(room, 'Alan'),
    await join(room, 'Grace'),
  ];
  await Promise.all([
    ada.sees([alan, grace], 'sfu'),
    alan.sees([ada, grace], 'sfu'),
    grace.sees([ada, alan], 'sfu'),
  ]);
  return [ada, alan, grace];
}

/** Until nobody shows somebody any more, and those who cannot see are told. */
async function untilGone(name: string, ...others: readonly CallPage[]): Promise<void> {
  await within(
    SEEN_MS,
    `everybody to see that ${name} has gone`,
    Promise.all(
      others.map(async (other) => {
        await other.tile(name).waitFor({ state: 'detached' });
        await other.page.getByText(`${name} left`).waitFor({ state: 'attached' });
      }),
    ),
  );
}

async function untilCounts({ conference }: RunningServer, wanted: Partial<ConferenceCounts>): Promise<void> {
  await until(
    () => `${JSON.stringify(wanted)}; there is ${JSON.stringify(conference.counts())}`,
    () => {
      const now = conference.counts();
      return JSON.stringify({ ...now, ...wanted }) === JSON.stringify(now);
    },
    { deadlineMs: EMPTY_MS },
  );
}

/** One's own camera, whose light is on while its track is live. */
async function ownCamera({ page }: CallPage): Promise<JSHandle<MediaStreamTrack[]>> {
  return page.locator('[data-local] video').evaluateHandle((video: HTMLVideoElement) => {
    if (!(video.srcObject instanceof MediaStream)) throw new Error('expected a stream');
    return video.srcObject.getTracks();
  });
}

const heading = (page: CallPage, name: string): Promise<void> =>
  page.page.getByRole('heading', { name }).waitFor();

describe('leaving a call', () => {
  it(
    'is seen by the others when somebody closes the tab or opens another page in it',
    async () => {
      const [ada, alan, grace] = await three();
      await grace.page.close();
      await untilGone('Grace', ada, alan);
      await untilCounts(server, { participants: 2, transports: 4, producers: 4, consumers: 4 });
      await Promise.all([ada.sees([alan], 'sfu'), alan.sees([ada], 'sfu')]);

      await alan.page.goto('about:blank');
      await untilGone('Alan', ada);
      await untilCounts(server, { participants: 1, transports: 2, producers: 2, consumers: 0 });
      await ada.page.close();
      await untilCounts(server, NOTHING);
    },
    TEST_MS,
  );

  it(
    'is done by the button, turns the devices off, and can be undone',
    async () => {
      const room = aRoom();
      const ada = await join(room, 'Ada');
      const alan = await join(room, 'Alan');
      await Promise.all([ada.sees([alan], 'mesh'), alan.sees([ada], 'mesh')]);
      const tracks = await ownCamera(ada);
      expect(await tracks.evaluate((all) => all.map(({ readyState }) => readyState))).toEqual(['live']);

      await ada.page.getByRole('button', { name: 'Leave', exact: true }).click();
      await untilGone('Ada', alan);
      await ada.inState('left');
      await heading(ada, 'You left');
      expect(await tracks.evaluate((all) => all.map(({ readyState }) => readyState))).toEqual(['ended']);
      expect(server.conference.counts().participants).toBe(1);

      await ada.page.getByRole('button', { name: 'Rejoin' }).click();
      await Promise.all([ada.sees([alan], 'mesh'), alan.sees([ada], 'mesh')]);

      for (const page of [ada, alan]) {
        await page.page.getByRole('button', { name: 'Leave', exact: true }).click();
        await page.inState('left');
      }
      await untilCounts(server, NOTHING);
      expect([...ada.errors, ...alan.errors]).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'happens to everybody at once when the host ends the room, which nobody else can',
    async () => {
      const [ada, alan, grace] = await three();
      const answer = await alan.page.evaluate(() =>
        window.switchyard?.call.endRoom().then(
          () => 'ended',
          (error: unknown) => (error as { readonly code?: string }).code,
        ),
      );
      expect(answer).toBe('NOT_PERMITTED');
      expect(await alan.body()).toMatchObject({ callState: 'joined' });

      await ada.page.evaluate(() => window.switchyard?.call.endRoom());
      await within(
        SEEN_MS,
        'the room to end for everybody',
        Promise.all(
          [ada, alan, grace].map(async (page) => {
            await page.inState('left');
            await heading(page, 'The room was ended by its host');
          }),
        ),
      );
      await untilCounts(server, NOTHING);
      expect([ada, alan, grace].flatMap(({ errors }) => errors)).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'is said by the page when the server stops',
    async () => {
      const stopping = closing(await startServer());
      const page = closing(
        await CallPage.join(browser, { server: stopping.url, room: aRoom(), name: 'Ada' }),
      );
      await stopping.close();
      await page.inState('left');
      await heading(page, 'The server is stopping');
      expect(stopping.conference.counts()).toMatchObject(NOTHING);
    },
    TEST_MS,
  );
});

describe('a call in Korean', () => {
  it(
    'is Korean from the door to the farewell, for whoever’s browser is',
    async () => {
      const person = closing(await newPerson(browser, 'ko-KR'));
      const query = { name: '지은', audio: '0', video: '0' };
      const address = callAddress({ server: server.url, room: aRoom(), query });
      const jieun = await CallPage.open(person, address, '지은');
      await heading(jieun, '참여할 준비가 되셨나요?');
      expect(await jieun.page.locator('html').getAttribute('lang')).toBe('ko');
      await jieun.page.getByRole('button', { name: '참여하기' }).click();
      await jieun.inState('joined');
      await jieun.page.getByRole('button', { name: '카메라 켜기' }).waitFor();
      expect(await jieun.page.locator('body').innerText()).toContain('아직 혼자입니다');

      await jieun.page.getByRole('button', { name: '나가기' }).click();
      await heading(jieun, '통화에서 나왔습니다');

      // Who wants another language chooses it.
      await jieun.page.getByRole('combobox', { name: '언어' }).selectOption('English');
      await heading(jieun, 'You left');
      expect(await jieun.page.locator('html').getAttribute('lang')).toBe('en');
      await jieun.page.reload();
      await heading(jieun, 'Ready to join?');
    },
    TEST_MS,
  );
});
