import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from 'bcryptjs';
import { createAdminUi } from '#admin';
import { loadConfig } from '#config';
import { SilentLog } from '#kernel';
import { NAMESPACE } from '#protocol';
import type { RunningServer } from '#server';
import { Manager, type Socket } from 'socket.io-client';
import { startServer } from '../support/server.ts';
import { Session } from '../support/session.ts';
import { until, within } from '../support/until.ts';

const PASSWORD = 'correct horse';
const SHOWN_WITHIN_MS = 2000;
const SHOWN_WITHIN = { deadlineMs: SHOWN_WITHIN_MS };

interface Row {
  readonly id: string;
  data: Record<string, unknown>;
  readonly handshake: { readonly headers: Record<string, string> };
  rooms: string[];
}

/** What the page of an operator knows: it follows the same events in the same way. */
class Operator {
  readonly socket: Socket;
  readonly sockets = new Map<string, Row>();
  readonly log: { event: string; args: readonly unknown[] }[] = [];
  features: readonly string[] = [];
  sessionId: string | undefined;
  readonly #session: Socket;

  constructor(url: string, auth: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
    const manager = new Manager(url, {
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: headers,
    });
    this.socket = manager.socket('/admin', { auth });
    this.#session = manager.socket(NAMESPACE);
    const followed = {
      session: (id: string) => (this.sessionId = id),
      config: ({ supportedFeatures }: { supportedFeatures: string[] }) => (this.features = supportedFeatures),
      all_sockets: (rows: readonly Row[]) => {
        this.sockets.clear();
        for (const row of rows) this.sockets.set(row.id, row);
      },
      socket_connected: (row: Row) => this.sockets.set(row.id, row),
      socket_updated: ({ id, data }: Row) => Object.assign(this.sockets.get(id)?.data ?? {}, data),
      room_joined: (_nsp: string, room: string, id: string) => this.sockets.get(id)?.rooms.push(room),
      room_left: (_nsp: string, room: string, id: string) => {
        const row = this.sockets.get(id);
        if (row !== undefined) row.rooms = row.rooms.filter((name) => name !== room);
      },
      socket_disconnected: (_nsp: string, id: string) => this.sockets.delete(id),
    };
    for (const [event, follow] of Object.entries(followed)) this.socket.on(event, follow);
    this.socket.onAny((event: string, ...args: unknown[]) => this.log.push({ event, args }));
  }

  async connect(): Promise<this> {
    await within(
      10_000,
      'an operator to connect',
      new Promise<void>((resolve, reject) => {
        this.socket.once('connect', resolve);
        this.socket.once('connect_error', reject);
      }),
    );
    return this;
  }

  row({ socket }: Session): Row | undefined {
    return this.sockets.get(socket.id ?? '');
  }

  /** Waits until what is shown of a session fits; not for long, since it is to be seen soon. */
  async sees(session: Session, fits: (row: Row) => boolean): Promise<Row> {
    const look = (): Row | undefined => {
      const row = this.row(session);
      return row !== undefined && fits(row) ? row : undefined;
    };
    const row = await until(() => `a session, shown as ${JSON.stringify(this.row(session))}`, look, {
      deadlineMs: SHOWN_WITHIN_MS,
    });
    if (row === undefined) throw new Error('expected a row');
    return row;
  }

  /** Resolves once the server has dealt with it: what one connection sends is dealt with in order. */
  async order(event: string, ...args: readonly unknown[]): Promise<void> {
    this.socket.emit(event, ...args);
    await within(10_000, 'an answer', this.#session.emitWithAck('room:leave', {}));
  }

  close(): void {
    this.socket.disconnect();
    this.#session.disconnect();
  }
}

const opened: { close(): void }[] = [];
const closedAtTheEnd = <T extends { close(): void }>(one: T): T => {
  opened.push(one);
  return one;
};
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

// A room outlives its last participant for a moment, so no test goes where another has been.
let roomCount = 0;
const newRoom = (): string => `room ${(roomCount += 1)}`;

const sessionIn = async (server: RunningServer, room: string, name: string): Promise<Session> => {
  const session = closedAtTheEnd(await Session.connect(server.url));
  await session.join(room, name);
  return session;
};
const operatorOf = async (server: RunningServer, auth?: Record<string, unknown>): Promise<Operator> =>
  closedAtTheEnd(await new Operator(server.url, auth).connect());
const refusalOf = async (...how: ConstructorParameters<typeof Operator>): Promise<string> => {
  const operator = closedAtTheEnd(new Operator(...how));
  return operator.connect().then(
    () => 'let in',
    (error: Error) => error.message,
  );
};

/** A plain request, with headers that `fetch` does not let one set. */
function get(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    })
      .once('error', reject)
      .end();
  });
}

describe('the Admin UI with credentials', () => {
  let server: RunningServer;
  const login = { username: 'ada', password: PASSWORD };
  beforeAll(async () => {
    const passwordHash = await hash(PASSWORD, 4);
    server = await startServer({
      ADMIN_USERNAME: 'ada',
      ADMIN_PASSWORD_HASH: passwordHash,
      NODE_ENV: 'production',
    });
  });
  afterAll(() => server.close());

  it('lets in who knows them, and the same browser again without asking', async () => {
    const operator = await operatorOf(server, login);
    const sessionId = await until('a session id', () => operator.sessionId);
    expect(await refusalOf(server.url, { sessionId })).toBe('let in');
  });

  it.each([
    ['a wrong password', { username: 'ada', password: 'incorrect horse' }],
    ['a wrong name', { username: 'eve', password: PASSWORD }],
    ['no login', {}],
    ['a session that it did not open', { sessionId: '0123456789abcdef' }],
    ['a name without a password', { username: 'ada' }],
    ['a name without a password, and a session', { username: 'ada', sessionId: '0123456789abcdef' }],
    ['a password that is no text', { username: 'ada', password: { length: 8 } }],
  ])('refuses %s, and lives', async (_what, auth) => {
    expect(await refusalOf(server.url, auth)).toMatch(/invalid credentials|log in with/);
    await operatorOf(server, login);
  });

  it('shows who is in which room, as what, and over which topology', async () => {
    const lab = newRoom();
    const operator = await operatorOf(server, login);
    const grace = await sessionIn(server, lab, 'Grace');
    const alan = await sessionIn(server, lab, 'Alan');
    for (const session of [grace, alan])
      await operator.sees(session, ({ rooms, data }) => rooms.includes(`room:${lab}`) && data.epoch !== null);
    const mesh = { room: lab, topology: 'mesh', epoch: 1 };
    expect(operator.row(grace)?.data).toEqual({
      ...mesh,
      participantId: grace.id,
      displayName: 'Grace',
      role: 'host',
    });
    expect(operator.row(alan)?.data).toEqual({
      ...mesh,
      participantId: alan.id,
      displayName: 'Alan',
      role: 'guest',
    });
  });

  it('shows an operator who comes later the same as those who were there', async () => {
    const lab = newRoom();
    const early = await operatorOf(server, login);
    const grace = await sessionIn(server, lab, 'Grace');
    const late = await operatorOf(server, login);
    const alan = await sessionIn(server, lab, 'Alan');
    for (const operator of [early, late]) {
      for (const session of [grace, alan]) {
        const { rooms } = await operator.sees(session, ({ data }) => data.epoch !== null);
        expect(new Set(rooms)).toEqual(new Set([session.socket.id, `room:${lab}`]));
      }
    }
  });

  it('follows a call to another topology, and its people to other names', async () => {
    const lab = newRoom();
    const operator = await operatorOf(server, login);
    const call = [
      await sessionIn(server, lab, 'Grace'),
      await sessionIn(server, lab, 'Alan'),
      await sessionIn(server, lab, 'Edsger'),
    ] as const;
    for (const session of call) {
      const { data } = await operator.sees(session, (row) => row.data.epoch !== null);
      expect(data).toMatchObject({ topology: 'mesh', epoch: 1 });
    }
    const { epoch } = await call[0].next('topology:prepare');
    const ids = call.map(({ id }) => id);
    await Promise.all(call.map((session) => session.switchTo(epoch, ids)));
    await call[0].next('topology:settled');
    for (const session of call) {
      const { data } = await operator.sees(session, (row) => row.data.epoch !== 1);
      expect(data).toMatchObject({ topology: 'sfu', epoch: 2 });
    }
    await call[1].request('participant:update', { displayName: 'Turing' });
    await operator.sees(call[1], ({ data }) => data.displayName === 'Turing');
  });

  it('shows who has left the room and stays connected, and who is gone', async () => {
    const lab = newRoom();
    const operator = await operatorOf(server, login);
    const grace = await sessionIn(server, lab, 'Grace');
    await operator.sees(grace, ({ rooms }) => rooms.includes(`room:${lab}`));
    await grace.request('room:leave', {});
    const { data } = await operator.sees(grace, ({ rooms }) => !rooms.includes(`room:${lab}`));
    expect(Object.entries(data).filter(([, value]) => value !== null)).toEqual([]);
    const id = grace.socket.id ?? '';
    grace.close();
    await until('nobody to be shown', () => !operator.sockets.has(id), SHOWN_WITHIN);
    expect(operator.log).toContainEqual({
      event: 'socket_disconnected',
      args: [NAMESPACE, id, 'client namespace disconnect', expect.any(String)],
    });
  });

  it('tells of changes, not of events', async () => {
    const lab = newRoom();
    const operator = await operatorOf(server, login);
    const grace = await sessionIn(server, lab, 'Grace');
    await operator.sees(grace, ({ rooms }) => rooms.includes(`room:${lab}`));
    expect(operator.features).toEqual(
      expect.arrayContaining(['AGGREGATED_EVENTS', 'DISCONNECT', 'MDISCONNECT']),
    );
    expect(operator.log.map(({ event }) => event)).not.toContain('event_received');
  });

  it('keeps to itself what would let an operator act as a participant', async () => {
    const operator = await operatorOf(server, login);
    const other = closedAtTheEnd(
      new Operator(server.url, login, { cookie: 'token=secret', 'x-marker': 'here' }),
    );
    await other.connect();
    const handshakes = () => [...operator.sockets.values()].map(({ handshake }) => handshake.headers);
    const shown = () => handshakes().find((headers) => headers['x-marker'] === 'here');
    await until('a session with headers', shown, SHOWN_WITHIN);
    expect(shown()).not.toHaveProperty('cookie');
  });

  it.each([
    ['a session', false],
    ['a session with its connection', true],
  ])('throws out %s: the others see it leave, with that reason', async (_what, close) => {
    const lab = newRoom();
    const operator = await operatorOf(server, login);
    const stays = await sessionIn(server, lab, 'Grace');
    const removed = await sessionIn(server, lab, 'Alan');
    await operator.order('_disconnect', NAMESPACE, close, removed.socket.id);
    const left = await stays.next('participant:left');
    expect(left).toMatchObject({ participantId: removed.id, reason: 'removed-by-operator' });
    await until('Alan to be disconnected', () => !removed.socket.connected);
    expect(stays.socket.connected).toBe(true);
  });

  it('throws out everybody in a room, and nobody elsewhere', async () => {
    const lab = newRoom();
    const library = newRoom();
    const operator = await operatorOf(server, login);
    const call = [await sessionIn(server, lab, 'Grace'), await sessionIn(server, lab, 'Alan')];
    const elsewhere = await sessionIn(server, library, 'Edsger');
    await operator.order('_disconnect', NAMESPACE, false, `room:${lab}`);
    await until('both to be disconnected', () => call.every(({ socket }) => !socket.connected));
    await until('both to have left', () => server.conference.counts().participants === 1);
    expect(elsewhere.socket.connected).toBe(true);
  });

  it('leaves it to the rooms who is in them and what is said there', async () => {
    const lab = newRoom();
    const library = newRoom();
    const operator = await operatorOf(server, login);
    const grace = await sessionIn(server, lab, 'Grace');
    const id = grace.socket.id ?? '';
    await operator.order('leave', NAMESPACE, `room:${lab}`, id);
    await operator.order('join', NAMESPACE, `room:${library}`, id);
    await operator.order('emit', NAMESPACE, `room:${lab}`, 'room:closed', { seq: 9, reason: 'room-ended' });
    await sessionIn(server, lab, 'Alan');
    await grace.next('participant:joined');
    await sessionIn(server, library, 'Edsger');
    await grace.request('participant:update', { displayName: 'Hopper' });
    expect(grace.heard.map(({ name }) => name)).toEqual(['participant:joined', 'participant:updated']);
  });
});

describe('the pages of the Admin UI', () => {
  let server: RunningServer;
  const allOf = (pattern: RegExp, source: string): string[] =>
    [...source.matchAll(pattern)].map((match) => match[1] ?? '');
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  it('and all that they and their stylesheets name come from this server', async () => {
    const page = await get(`${server.url}/admin/`);
    expect(page.status).toBe(200);
    const files = allOf(/\b(?:href|src)="([^"]+)"/g, page.body);
    expect(files.length).toBeGreaterThan(10);
    const stylesheets = files.filter((file) => file.endsWith('.css'));
    expect(stylesheets.join(' ')).toMatch(/roboto.*materialdesignicons/);

    const named = files.map((file) => new URL(file, `${server.url}/admin/`).href);
    for (const file of stylesheets) {
      const url = new URL(file, `${server.url}/admin/`).href;
      const { body } = await get(url);
      const inside = allOf(/url\(\s*['"]?([^'")]+)/g, body).filter((name) => !name.startsWith('data:'));
      named.push(...inside.map((name) => new URL(name, url).href));
      expect(body).not.toMatch(/@import/);
    }
    const unique = [...new Set(named)];
    expect(unique.filter((url) => /roboto-latin-400.*woff2/.test(url))).toHaveLength(1);
    expect(unique.filter((url) => /materialdesignicons-webfont\.woff2/.test(url))).toHaveLength(1);
    for (const url of unique) {
      expect(new URL(url).origin).toBe(server.url);
      const { status, headers } = await get(url);
      expect([url, status]).toEqual([url, 200]);
      expect(headers['content-type']).not.toMatch(/text\/html/);
    }
  });

  it('may load nothing from elsewhere, and be framed by nobody', async () => {
    const { headers } = await get(`${server.url}/admin/`);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it('are found without the slash, and give out no other file', async () => {
    const redirect = await get(`${server.url}/admin`);
    expect([redirect.status, redirect.headers.location]).toEqual([302, '/admin/']);
    for (const path of ['nothing.js', 'constructor', 'fonts/roboto/', '..%2f..%2fpackage.json', '..%2f']) {
      const { status } = await get(`${server.url}/admin/${path}`);
      expect([path, status]).toEqual([path, 404]);
    }
  });
});

describe('the Admin UI without credentials', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ HOST: '0.0.0.0' });
  });
  afterAll(() => server.close());

  it('shows calls to this machine, and lets nobody touch them', async () => {
    const lab = newRoom();
    const operator = await operatorOf(server);
    const grace = await sessionIn(server, lab, 'Grace');
    const alan = await sessionIn(server, lab, 'Alan');
    await operator.sees(alan, ({ rooms }) => rooms.includes(`room:${lab}`));
    expect(operator.features).not.toContain('DISCONNECT');
    expect(operator.features).not.toContain('MDISCONNECT');

    await operator.order('_disconnect', NAMESPACE, false, alan.socket.id);
    await operator.order('_disconnect', NAMESPACE, true, `room:${lab}`);
    await alan.request('participant:update', { displayName: 'Turing' });
    await grace.next('participant:updated');
    expect(grace.all('participant:left')).toEqual([]);
  });

  it.each([
    ['a proxy passes on', { 'x-forwarded-for': '127.0.0.1' }],
    ['came under another name', { host: 'meet.example.org' }],
    ['another site asks for', { origin: 'https://example.org' }],
  ])('refuses what %s', async (_what, headers) => {
    const page = await get(`${server.url}/admin/`, headers);
    expect(page.status).toBe(403);
    expect(page.body).toMatch(/^The Admin UI has no credentials.*ADMIN_PASSWORD_HASH.*\.\n$/);
    expect(await refusalOf(server.url, {}, headers)).toBe(page.body.trim());
  });

  const networkAddresses = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  // Nothing to try on a machine without a network; what decides is tested without one beside it.
  it.each(networkAddresses)('refuses whoever comes by %s', async (address) => {
    const url = `http://${address}:${new URL(server.url).port}`;
    expect((await get(`${url}/healthz`)).status).toBe(200);
    // The name alone would do.
    const page = await get(`${url}/admin/`, { host: 'localhost' });
    expect(page.status).toBe(403);
    expect((await get(`${url}/admin/js/app.js`, { host: 'localhost' })).status).toBe(403);
    expect(await refusalOf(url, {}, { host: 'localhost' })).toBe(page.body.trim());
  });
});

describe('the Admin UI in production without credentials', () => {
  it('is off, and says how to turn it on', async () => {
    const server = closedAtTheEnd(await startServer({ NODE_ENV: 'production' }));
    for (const path of ['/admin', '/admin/', '/admin/index.html', '/admin/connection-settings.js']) {
      const { status, body } = await get(`${server.url}${path}`);
      expect([path, status]).toEqual([path, 404]);
      expect(body).toMatch(/is off.*ADMIN_USERNAME.*ADMIN_PASSWORD_HASH.*npm run admin:hash/);
    }
    expect(await refusalOf(server.url)).toBe('Invalid namespace');
    await server.close();
  });

  it('says so in the log, once', () => {
    const lines: string[] = [];
    class ListeningLog extends SilentLog {
      override info(_fields?: unknown, message?: string): void {
        lines.push(message ?? '');
      }
    }
    createAdminUi(loadConfig({ NODE_ENV: 'production' }), new ListeningLog());
    expect(lines).toEqual([expect.stringMatching(/Admin UI is off: set ADMIN_USERNAME.*npm run admin:hash/)]);
  });
});

describe('the Admin UI with ADMIN_MODE=events', () => {
  it('shows every event, and the same sessions', async () => {
    const lab = newRoom();
    const server = closedAtTheEnd(await startServer({ ADMIN_MODE: 'events' }));
    const operator = await operatorOf(server);
    const grace = await sessionIn(server, lab, 'Grace');
    await until('an event', () =>
      operator.log.some(
        ({ event, args }) => event === 'event_received' && JSON.stringify(args).includes('room:join'),
      ),
    );
    const { data } = await operator.sees(
      grace,
      (row) => row.rooms.includes(`room:${lab}`) && row.data.topology === 'mesh',
    );
    expect(data).toMatchObject({ room: lab, displayName: 'Grace', role: 'host', epoch: 1 });
    expect(operator.features).not.toContain('DISCONNECT');
    await server.close();
  });
});
