import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { Guests, aRoom } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer({
    ROOM_MAX_PARTICIPANTS: '4',
    ICE_SERVERS:
      '[{"urls":"stun:stun.example.org"},{"urls":["turn:turn.example.org"],"username":"u","credential":"c"}]',
  });
});

afterEach(() => guests.leave());
afterAll(() => server.close());

describe('joining', () => {
  it('is answered with everything in one round trip', async () => {
    const room = aRoom();
    const alice = await guests.connect();
    const sources = [{ source: 'mic' as const, muted: true }];
    const joined = await alice.join(room, '  Ünï  ', { sources });

    const self = {
      id: joined.participantId,
      displayName: 'Ünï',
      role: 'host',
      sources,
      joinedSeq: 1,
      handSeq: null,
    };
    expect(joined).toEqual({
      participantId: expect.any(String),
      permissions: ['room:end'],
      room: {
        name: room,
        seq: 1,
        maxParticipants: 4,
        topology: 'auto',
        visibility: 'private',
        participants: [self],
      },
      topology: {
        live: { topology: 'mesh', epoch: 1, reason: 'fits-mesh' },
        sfu: null,
        handover: null,
        epochs: [1],
      },
      iceServers: [
        { urls: 'stun:stun.example.org' },
        { urls: ['turn:turn.example.org'], username: 'u', credential: 'c' },
      ],
      routerRtpCapabilities: expect.objectContaining({ codecs: expect.any(Array) }),
    });
  });

  it('tells the others, and shows the joiner who is there', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice');
    const bob = await guests.join(room, 'Bob');
    const { participant } = await alice.next('participant:joined');
    expect(participant).toEqual({
      id: bob.id,
      displayName: 'Bob',
      role: 'guest',
      sources: [],
      joinedSeq: 2,
      handSeq: null,
    });
    expect(bob.joined?.permissions).toEqual([]);
    expect(bob.joined?.room).toMatchObject({ seq: 2, participants: [{ id: alice.id }, { id: bob.id }] });
    await alice.request('participant:update', { displayName: 'Alice A.' });
    await bob.next('participant:updated');
    expect(bob.heard.map(({ name }) => name)).toEqual(['participant:updated']);
  });

  it('finds the same room under a name that is typed in another way', async () => {
    const room = aRoom();
    const alice = await guests.join(`u\u0308 ${room}`, 'Alice');
    const bob = await guests.join(` \u00fc ${room} `, 'Bob');
    expect(bob.joined?.room.participants).toHaveLength(2);
    expect(bob.joined?.room.name).toBe(alice.joined?.room.name);
  });

  it('takes the wish for a topology from the first joiner alone', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice', { topology: 'sfu' });
    const bob = await guests.join(room, 'Bob', { topology: 'mesh' });
    for (const { joined } of [alice, bob]) {
      expect(joined?.room.topology).toBe('sfu');
      expect(joined?.topology).toMatchObject({
        live: { topology: 'sfu', epoch: 1, reason: 'room-setting' },
        handover: null,
        epochs: [1],
      });
    }
    expect(alice.setupOf(1).sendTransport.id).not.toBe(bob.setupOf(1).sendTransport.id);
  });

  it('is refused where the room is full, until somebody leaves', async () => {
    const room = aRoom();
    const [alice] = [
      await guests.join(room),
      await guests.join(room),
      await guests.join(room),
      await guests.join(room),
    ];
    const late = await guests.connect();
    await expect(late.join(room, 'Late')).rejects.toMatchObject({
      code: 'ROOM_FULL',
      retryable: true,
      details: { maxParticipants: 4 },
    });
    await alice.request('room:leave', {});
    await late.join(room, 'Late');
  });

  it('is one room at a time, however fast one asks', async () => {
    const [first, second] = [aRoom(), aRoom()];
    const alice = await guests.connect();
    const answers = await Promise.all(
      [first, second, first].map((room) =>
        alice.ask('room:join', { room, displayName: 'Alice', sources: [] }),
      ),
    );
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual([
      'ok',
      'ALREADY_JOINED',
      'ALREADY_JOINED',
    ]);
    const bob = await guests.join(second, 'Bob');
    expect(bob.joined?.room.participants).toHaveLength(1);
  });
});

describe('being there', () => {
  it('under another name or with other sources is told to everyone, oneself included', async () => {
    const [alice, bob] = await guests.two();
    const sources = [{ source: 'camera' as const, muted: false }];
    const { participant } = await alice.request('participant:update', { displayName: 'Alicia', sources });
    expect(participant).toMatchObject({ id: alice.id, displayName: 'Alicia', sources });
    for (const one of [alice, bob])
      expect((await one.next('participant:updated')).participant).toEqual(participant);
  });

  it('includes passing signals to one another, which nobody else hears', async () => {
    const [alice, bob] = await guests.two();
    const signal = {
      type: 'description' as const,
      description: { type: 'offer' as const, sdp: 'v=0\r\n' },
      sources: { 0: 'mic' as const },
    };
    await alice.request('link:signal', { to: bob.id, epoch: 1, signal });
    expect(await bob.next('link:signaled')).toEqual({ from: alice.id, epoch: 1, signal });
    const candidate = { type: 'candidate' as const, candidate: { candidate: '', novelty: [1] } };
    await bob.request('link:signal', { to: alice.id, epoch: 1, signal: candidate });
    expect(await alice.next('link:signaled')).toEqual({ from: bob.id, epoch: 1, signal: candidate });
    expect(alice.all('link:signaled')).toHaveLength(1);
  });
});

describe('leaving', () => {
  it('is told to the others, and leaves the session free to join again', async () => {
    const room = aRoom();
    const [alice, bob] = await guests.two(room);
    await bob.request('room:leave', {});
    expect(await alice.next('participant:left')).toMatchObject({ participantId: bob.id, reason: 'left' });
    await alice.request('participant:update', { displayName: 'Alicia' });
    await alice.next('participant:updated');
    expect(bob.heard).toEqual([]);
    const { participantId } = await bob.join(room, 'Bob');
    expect(participantId).not.toBe((await alice.next('participant:joined')).participant.id);
    expect((await alice.next('participant:joined')).participant.id).toBe(participantId);
  });

  it.each([
    [
      'by closing the connection',
      'connection-lost',
      (socket: { io: { engine: { close(): void } } }) => socket.io.engine.close(),
    ],
    ['by disconnecting', 'left', (socket: { disconnect(): void }) => socket.disconnect()],
  ] as const)('%s is told as "%s"', async (_how, reason, end) => {
    const [alice, bob] = await guests.two();
    end(bob.socket);
    expect(await alice.next('participant:left')).toMatchObject({ participantId: bob.id, reason });
  });

  it('by the host leaves the room to the others, who do not inherit it', async () => {
    const [alice, bob] = await guests.two();
    await alice.request('room:leave', {});
    await bob.next('participant:left');
    expect(await bob.refusal('room:end', {})).toBe('NOT_PERMITTED');
  });

  it('by the last one closes the room in a while; until then its numbering goes on', async () => {
    const room = aRoom();
    const alice = await guests.join(room);
    await alice.request('room:leave', {});
    const { room: again } = await alice.join(room, 'Alice');
    expect(again).toMatchObject({ seq: 3, participants: [{ role: 'host' }] });
    await alice.request('room:leave', {});
    await until('the rooms to close', () => server.conference.counts().rooms === 0);
    const { room: anew } = await alice.join(room, 'Alice');
    expect(anew.seq).toBe(1);
  });
});

describe('ending a room', () => {
  it('closes it for everyone, and leaves their sessions free', async () => {
    const room = aRoom();
    const sessions = await guests.threeInTheSfu(room);
    const [alice] = sessions;
    await alice.request('room:end', {});
    const last = sessions.map(async (one) => {
      expect(await one.next('room:closed')).toMatchObject({ reason: 'room-ended' });
      expect(await one.refusal('room:leave', {})).toBe('NOT_JOINED');
    });
    await Promise.all(last);
    await until(
      () => `nothing of the room to be left: ${JSON.stringify(server.conference.counts())}`,
      () => {
        const { routers, transports } = server.conference.counts();
        return routers === 0 && transports === 0;
      },
    );
    const { room: anew } = await alice.join(room, 'Alice');
    expect(anew).toMatchObject({ seq: 1, participants: [{ role: 'host' }] });
  });

  it('is for the host alone', async () => {
    const [, bob] = await guests.two();
    await expect(bob.request('room:end', {})).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      message: 'room:end: NOT_PERMITTED: room:end needs the role host, you are guest',
    });
  });
});
