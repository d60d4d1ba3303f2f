import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { freePorts } from '../support/free-ports.ts';
import { aRoom } from '../support/guests.ts';
import { startServer, workerBin } from '../support/server.ts';
import { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

const TEST_MS = 60_000;
/** How long a busy machine may take for what is not media. */
const SOON_MS = 10_000;

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
  await until('everybody to leave', () => server.conference.counts().participants === 0);
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

interface Opening {
  readonly name?: string;
  /** Runs in the page before anything of its own. */
  readonly before?: () => void;
}

/** Opens an address, which may be a path of the suite's server. */
async function openPage(address: string, { name = 'Ada', before }: Opening = {}): Promise<CallPage> {
  const person = closing(await newPerson(browser));
  if (before !== undefined) await person.addInitScript(before);
  const page = await CallPage.open(person, new URL(address, server.url).href, name);
  pages.push(page);
  return page;
}

async function joinRoom(
  room: string,
  name: string,
  query: Record<string, string> = {},
  before?: () => void,
): Promise<CallPage> {
  const address = callAddress({ server: server.url, room, query: { name, autojoin: '1', ...query } });
  const page = await openPage(address, { name, before });
  await page.inState('joined');
  return page;
}

/** Somebody without a browser, to whom the server tells who else is there. */
async function joinAsSession(room: string, more: Parameters<Session['join']>[2] = {}): Promise<Session> {
  const session = closing(await Session.connect(server.url));
  await session.join(room, 'Grace', more);
  return session;
}

const othersOf = (session: Session): { displayName: string; sources: string[] }[] =>
  (session.joined?.room.participants ?? [])
    .filter(({ id }) => id !== session.id)
    .map(({ displayName, sources }) => ({ displayName, sources: sources.map(({ source }) => source) }));

interface Watched {
  watched?: Record<string, (string | null)[]>;
}

/** Keeps every value that the attributes of the stable outside ever have, those between two ticks too. */
function watchAttributes(): void {
  const watched: Record<string, (string | null)[]> = {};
  Object.assign(window, { watched });
  const observer = new MutationObserver((records) => {
    const touched = new Map<Element, Set<string>>();
    const add = (element: Element, name: string, value: string | null): void => {
      const values = (watched[
        `${element.getAttribute('data-participant-name') ?? element.tagName} ${name}`
      ] ??= []);
      if (values.at(-1) !== value) values.push(value);
    };
    for (const { target, attributeName, oldValue } of records) {
      if (!(target instanceof Element) || attributeName === null) continue;
      add(target, attributeName, oldValue);
      touched.set(target, (touched.get(target) ?? new Set()).add(attributeName));
    }
    for (const [element, names] of touched) {
      for (const name of names) add(element, name, element.getAttribute(name));
    }
  });
  observer.observe(document, {
    subtree: true,
    attributeOldValue: true,
    attributeFilter: ['data-call-state', 'data-topology', 'data-epoch', 'data-handover', 'data-path'],
  });
}

/** The values that an attribute has had, the first of which is its absence. */
async function valuesOf(page: CallPage, attribute: string, of = 'BODY'): Promise<(string | null)[]> {
  const watched = await page.page.evaluate(() => (window as Watched).watched);
  return watched?.[`${of} ${attribute}`] ?? [];
}

interface Asked {
  asked?: string[];
}

/** Keeps what the page asks the browser for. */
function watchQuestions(): void {
  const asked: string[] = [];
  Object.assign(window, { asked });
  if (!('mediaDevices' in navigator)) return;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (constraints = {}) => {
    asked.push(Object.keys(constraints).toSorted().join(' and '));
    return ask(constraints);
  };
}

interface HeldServer {
  readonly url: string;
  readonly release: () => Promise<RunningServer>;
}

/** A server that listens, and whose media workers do not come before it is released. */
async function startHeld(): Promise<HeldServer> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  const gate = join(folder, 'gate');
  const worker = join(folder, 'worker');
  await writeFile(
    worker,
    `#!/bin/sh\nwhile [ ! -e '${gate}' ]; do sleep 0.02; done\nexec '${workerBin()}' "$@"\n`,
    { mode: 0o755 },
  );
  const port = String(await freePorts());
  const starting = startServer({ PORT: port, MEDIASOUP_WORKER_BIN: worker });
  const release = async (): Promise<RunningServer> => {
    await writeFile(gate, '');
    return starting;
  };
  closing({
    close: async () => {
      const started = await release();
      await started.close();
      await rm(folder, { recursive: true });
    },
  });
  const url = `http://localhost:${port}`;
  await until('the server to listen', () =>
    fetch(url).then(
      () => true,
      () => false,
    ),
  );
  return { url, release };
}

function portOf(listener: Server): number {
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}

/** What browsers take for the server: passes on to a real one, and can vanish and come back on its port. */
class Front {
  readonly #sockets = new Set<Socket>();
  #listener: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  async lead(to: { readonly url: string }): Promise<void> {
    const { port } = new URL(to.url);
    this.#listener = createServer((near) => {
      const far = connect(Number(port), '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        socket.pipe(other);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
    });
    this.#listener.listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
    this.#port = portOf(this.#listener);
  }

  /** As when the server's process is killed: every connection ends, and none can be made. */
  vanish(): void {
    this.#listener?.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.vanish();
  }
}

describe('GET /healthz', () => {
  const health = async (url: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${url}/healthz`);
    return { status: response.status, body: await response.json() };
  };

  it(
    'answers 503 until calls can be accepted, 200 then, and 503 again while the server stops',
    async () => {
      const { url, release } = await startHeld();
      expect(await health(url)).toEqual({ status: 503, body: { status: 'starting' } });

      const { conference } = await release();
      expect(await health(url)).toEqual({ status: 200, body: { status: 'ok' } });

      // The first thing that closing does, and all that it does before the server listens no more.
      await conference.stop();
      expect(await health(url)).toEqual({ status: 503, body: { status: 'stopping' } });
    },
    TEST_MS,
  );
});

describe('the address of a call', () => {
  it(
    'leads to a look into one’s own camera first, and from there into the room by a click',
    async () => {
      const { page } = await openPage('/preview?name=Ada');
      await page.waitForSelector('body[data-call-state="preview"]');
      const name = page.getByRole('textbox', { name: 'Your name' });
      expect(await name.inputValue()).toBe('Ada');
      await page.getByLabel('Your camera, as a mirror').waitFor();
      expect(server.conference.counts().participants).toBe(0);

      await name.fill('Ada Lovelace');
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.waitForSelector('body[data-call-state="joined"]');
      const session = await joinAsSession('preview');
      expect(othersOf(session)).toEqual([{ displayName: 'Ada Lovelace', sources: ['mic', 'camera'] }]);
    },
    TEST_MS,
  );

  it(
    'carries any name, and with autojoin=1 leads into the room without a click',
    async () => {
      const name = '"Zoë" & 지은 👩‍🚀 <b>';
      const room = aRoom();
      const ada = await joinRoom(room, name, { audio: '0', video: '0' });
      const alan = await joinRoom(room, 'Alan', { audio: '0', video: '0' });
      await alan.tile(name).waitFor();
      expect(await alan.tile(name).innerText()).toContain(name);
      expect(Object.keys(await ada.paths())).toEqual(['Alan']);
    },
    TEST_MS,
  );

  it.each<{ query: Record<string, string>; asked: string[]; sources: string[] }>([
    { query: {}, asked: ['audio and video'], sources: ['mic', 'camera'] },
    { query: { audio: '0' }, asked: ['video'], sources: ['camera'] },
    { query: { video: '0' }, asked: ['audio'], sources: ['mic'] },
    { query: { audio: '0', video: '0' }, asked: [], sources: [] },
  ])(
    'with $query asks the browser for $asked and offers $sources',
    async ({ query, asked, sources }) => {
      const room = aRoom();
      const { page } = await joinRoom(room, 'Ada', query, watchQuestions);
      expect(await page.evaluate(() => (window as Asked).asked)).toEqual(asked);
      const session = await joinAsSession(room);
      expect(othersOf(session)).toEqual([{ displayName: 'Ada', sources }]);
      expect(await page.getByRole('button', { name: 'Turn the camera on' }).isVisible()).toBe(
        !asked.some((kinds) => kinds.includes('video')),
      );
    },
    TEST_MS,
  );

  it.each([
    { wish: 'auto', first: 'mesh', third: 'sfu', reason: 'fits-mesh' },
    { wish: 'mesh', first: 'mesh', third: 'mesh', reason: 'room-setting' },
    { wish: 'sfu', first: 'sfu', third: 'sfu', reason: 'room-setting' },
  ])(
    'with topology=$wish is $first for the first joiner and $third for the third',
    async ({ wish, first, third, reason }) => {
      const room = aRoom();
      const ada = await joinRoom(room, 'Ada', { topology: wish, audio: '0', video: '0' });
      expect(await ada.body()).toMatchObject({ topology: first, epoch: '1', handover: 'stable' });
      expect(await ada.page.evaluate(() => window.switchyard?.call.snapshot.topologyReason)).toBe(reason);
      // Whoever comes later may wish what they like.
      const later = { topology: first === 'sfu' ? 'mesh' : 'sfu' } as const;
      await joinAsSession(room, later);
      const { joined } = await joinAsSession(room, later);
      const { live, handover } = joined?.topology ?? {};
      expect(handover?.target ?? live?.topology).toBe(third);
    },
    TEST_MS,
  );

  it(
    'carries any room name, in its path or, where a path cannot, in its query',
    async () => {
      const quiet = 'name=Ada&autojoin=1&audio=0&video=0';
      const inPath = ['방 № 7 — “été” 👨‍👩‍👧', '100% & more? #1 + "2" \\'];
      const inQuery = ['admin', 'a/b'];
      const addresses = [
        ...inPath.map((room) => ({ room, address: `/${encodeURIComponent(room)}?${quiet}` })),
        ...inQuery.map((room) => ({ room, address: `/?room=${encodeURIComponent(room)}&${quiet}` })),
        // Letters that look alike are alike: é as one code point, and as two.
        { room: 'caf\u00e9', address: `/cafe%CC%81?${quiet}` },
      ];
      const ada = await openPage('/');
      for (const { room, address } of addresses) {
        await ada.page.goto(new URL(address, server.url).href);
        await ada.inState('joined');
        expect(await ada.page.getByRole('heading', { level: 1 }).innerText()).toBe(room);
        const session = await joinAsSession(room);
        expect(othersOf(session)).toEqual([{ displayName: 'Ada', sources: [] }]);
        session.close();

        // The link to share leads to the same room.
        const link = new URL(await ada.page.getByRole('textbox', { name: 'Link to this room' }).inputValue());
        const given = link.searchParams.get('room') ?? decodeURIComponent(link.pathname.slice(1));
        expect({ given, origin: link.origin }).toEqual({ given: room, origin: server.url });
      }
    },
    TEST_MS,
  );

  it(
    'is made up on the landing page, for whoever does not want to choose one',
    async () => {
      const { page } = await openPage('/');
      await page.getByRole('button', { name: 'Start a call' }).click();
      await page.waitForSelector('body[data-call-state="preview"]');
      const { pathname } = new URL(page.url());
      expect(pathname).toMatch(/^\/[a-z]+-[a-z]+-[a-z]+$/);

      await page.goto(server.url);
      await page.getByRole('textbox', { name: 'Room name' }).fill('  a/b ');
      await page.getByRole('textbox', { name: 'Room name' }).press('Enter');
      await page.waitForSelector('body[data-call-state="preview"]');
      expect(new URL(page.url()).searchParams.get('room')).toBe('a/b');
    },
    TEST_MS,
  );

  it(
    'can be opened in a frame of any site that passes the camera on',
    async () => {
      const address = callAddress({
        server: server.url,
        room: 'framed',
        query: { name: 'Ada', autojoin: '1' },
      });
      const embedder = closing(
        createHttpServer((_request, response) => {
          const src = address.replaceAll('&', '&amp;');
          response.setHeader('Content-Type', 'text/html');
          response.end(
            `<iframe src="${src}" allow="camera; microphone; display-capture; autoplay"></iframe>`,
          );
        }),
      );
      embedder.listen(0, '127.0.0.1');
      await once(embedder, 'listening');
      // Another site than `localhost`, and one that browsers take for secure as well.
      const { page } = await openPage(`http://127.0.0.1:${portOf(embedder)}/`);
      await page.frameLocator('iframe').locator('body[data-call-state="joined"]').waitFor();
      const session = await joinAsSession('framed');
      expect(othersOf(session)).toEqual([{ displayName: 'Ada', sources: ['mic', 'camera'] }]);
    },
    TEST_MS,
  );
});

describe('the page while it runs', () => {
  it(
    'says on its body how the call goes: joining, joined, reconnecting, joined again by itself, left',
    async () => {
      const first = closing(await startServer());
      const front = closing(new Front());
      await front.lead(first);
      const address = (name: string, more: Record<string, string> = {}): string =>
        callAddress({ server: front.url, room: 'recovery', query: { name, ...more } });
      const ada = await openPage(address('Ada'), { before: watchAttributes });
      await ada.inState('preview');
      expect(await ada.body()).toEqual({ callState: 'preview', handover: 'stable' });
      await ada.page.getByRole('button', { name: 'Join', exact: true }).click();
      await ada.inState('joined');
      const alan = await openPage(address('Alan', { autojoin: '1' }), { name: 'Alan' });
      await Promise.all([ada.sees([alan], 'mesh'), alan.sees([ada], 'mesh')]);

      front.vanish();
      await first.close();
      await Promise.all([ada.inState('reconnecting'), alan.inState('reconnecting')]);
      await ada.page.getByText('The connection was lost. Reconnecting').first().waitFor();
      // What goes directly needs no server.
      await ada.sees([alan], 'mesh');

      const second = closing(await startServer());
      await front.lead(second);
      await Promise.all([ada.inState('joined'), alan.inState('joined')]);
      await Promise.all([ada.sees([alan], 'mesh'), alan.sees([ada], 'mesh')]);
      expect(second.conference.counts()).toMatchObject({ rooms: 1, participants: 2 });
      expect(await ada.body()).toMatchObject({ topology: 'mesh', epoch: '1', handover: 'stable' });

      await ada.page.getByRole('button', { name: 'Leave', exact: true }).click();
      await ada.inState('left');
      expect(await valuesOf(ada, 'data-call-state')).toEqual([
        null,
        'preview',
        'joining',
        'joined',
        'reconnecting',
        'joined',
        'left',
      ]);
    },
    TEST_MS,
  );

  it(
    'joins again by itself where the server that came back could not accept calls at once',
    async () => {
      const first = closing(await startServer());
      const front = closing(new Front());
      await front.lead(first);
      const query = { autojoin: '1', audio: '0', video: '0' };
      const ada = await openPage(callAddress({ server: front.url, room: 'recovery', query }));
      await ada.inState('joined');

      front.vanish();
      await first.close();
      const held = await startHeld();
      await front.lead(held);
      await until('a refusal', async () => {
        const error = await ada.page.evaluate(() => window.switchyard?.call.snapshot.error?.code);
        return error === 'MEDIA_UNAVAILABLE';
      });
      const { conference } = await held.release();
      await until('Ada to be back', () => conference.counts().participants === 1, { deadlineMs: SOON_MS });
      await ada.inState('joined');
    },
    TEST_MS,
  );

  it(
    'says on its body that it could not join, and in words why and what next',
    async () => {
      const small = closing(await startServer({ ROOM_MAX_PARTICIPANTS: '1' }));
      const query = { autojoin: '1', audio: '0', video: '0' };
      const address = callAddress({ server: small.url, room: 'full', query });
      const first = closing(await Session.connect(small.url));
      await first.join('full', 'Grace');

      const ada = await openPage(address, { before: watchAttributes });
      await ada.inState('failed');
      expect(await valuesOf(ada, 'data-call-state')).toEqual([null, 'preview', 'joining', 'failed']);
      const { page } = ada;
      await page.getByRole('heading', { name: 'This room is full.' }).waitFor();
      await page.getByText('Try again when somebody has left, or open another room.').waitFor();
      expect(await page.getByRole('link', { name: 'To the start page' }).getAttribute('href')).toBe('/');

      first.close();
      await until('the place to be free', () => small.conference.counts().participants === 0);
      await page.getByRole('button', { name: 'Try again' }).click();
      await ada.inState('joined');
    },
    TEST_MS,
  );

  it(
    'says on its body and its tiles how the call is moved, and keeps each video in its place',
    async () => {
      const room = aRoom();
      const ada = await joinRoom(room, 'Ada', {}, watchAttributes);
      const alan = await joinRoom(room, 'Alan');
      await ada.sees([alan], 'mesh');
      const video = await ada.tile('Alan').locator('video').elementHandle();
      const grace = await joinRoom(room, 'Grace');
      await Promise.all([ada.sees([alan, grace], 'sfu'), grace.sees([ada, alan], 'sfu')]);
      await ada.page.waitForSelector('body[data-handover="stable"]');

      expect(await valuesOf(ada, 'data-topology')).toEqual([null, 'mesh', 'sfu']);
      expect(await valuesOf(ada, 'data-epoch')).toEqual([null, '1', '2']);
      expect(await valuesOf(ada, 'data-handover')).toEqual([null, 'stable', 'preparing', 'stable']);
      expect((await valuesOf(ada, 'data-path', 'Alan')).slice(-2)).toEqual(['mesh', 'sfu']);

      const idOfAlan = await alan.page.evaluate(() => window.switchyard?.call.snapshot.local.id);
      expect(await ada.tile('Alan').getAttribute('data-participant-id')).toBe(idOfAlan);
      expect(await ada.tile('Alan').locator('video').count()).toBe(1);
      expect(await video?.evaluate((element) => element.isConnected && element.checkVisibility())).toBe(true);

      const own = ada.page.locator('[data-local]');
      expect(await own.count()).toBe(1);
      expect(await own.getAttribute('data-participant-id')).toBeNull();
      expect(await own.locator('video').isVisible()).toBe(true);
    },
    TEST_MS,
  );

  it.each(['mesh', 'sfu'] as const)(
    'reports of each of the others, over %s, the path, the codec, frames, bytes and the round trip',
    async (topology) => {
      const room = aRoom();
      const ada = await joinRoom(room, 'Ada', { topology });
      const alan = await joinRoom(room, 'Alan');
      expect(await ada.page.evaluate(() => window.switchyard?.call.report())).toHaveLength(1);
      const measured = await until('every figure to be there', async () => {
        const [report] = await ada.report();
        const { framesDecoded = 0, audioPacketsReceived = 0, roundTripTimeMs = null } = report ?? {};
        return framesDecoded > 0 && audioPacketsReceived > 0 && roundTripTimeMs !== null ? report : undefined;
      });
      expect(measured).toEqual({
        participantId: await alan.page.evaluate(() => window.switchyard?.call.snapshot.local.id),
        displayName: 'Alan',
        path: topology,
        codec: expect.stringMatching(/^video\/\w+$/),
        framesDecoded: expect.any(Number),
        frameWidth: expect.any(Number),
        frameHeight: expect.any(Number),
        audioPacketsReceived: expect.any(Number),
        bytesReceived: expect.any(Number),
        roundTripTimeMs: expect.any(Number),
      });
      expect(measured?.frameWidth).toBeGreaterThan(0);
      expect(measured?.frameHeight).toBeGreaterThan(0);
      expect(measured?.roundTripTimeMs).toBeLessThan(SOON_MS);
      await until('frames and bytes to grow', async () => {
        const [now] = await ada.report();
        return (
          (now?.framesDecoded ?? 0) > (measured?.framesDecoded ?? 0) &&
          (now?.bytesReceived ?? 0) > (measured?.bytesReceived ?? 0)
        );
      });
    },
    TEST_MS,
  );
});
