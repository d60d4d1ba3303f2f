// What does not fit is refused with the documented code, changes nothing, and is noticed by nobody else.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { requests, type ErrorCode, type RequestInput, type RequestName } from '#protocol';
import type { RunningServer } from '#server';
import { Guests, aRoom } from '../support/guests.ts';
import { DTLS_PARAMETERS, produceRequest, rtpParametersOf } from '../support/rtp.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer();
});

afterEach(() => guests.leave());
afterAll(() => server.close());

/** Every one of them hears all that was said to it before this resolves: messages to one session keep their order. */
const caughtUp = (sessions: readonly Session[]) =>
  Promise.all(sessions.map((one) => one.refusal('no:such', {})));

/** A payload that fits the schema, for each request; it names things that nobody has. */
const FITTING: { readonly [Name in RequestName]: RequestInput<Name> } = {
  'room:join': { room: 'r', displayName: 'd', sources: [] },
  'room:preview': { room: 'r' },
  'room:leave': {},
  'room:end': {},
  'participant:update': { displayName: 'x' },
  'link:signal': { to: 'nobody', epoch: 1, signal: { type: 'candidate', candidate: null } },
  'transport:connect': { transportId: 'none', dtlsParameters: DTLS_PARAMETERS },
  'transport:receive': { transportId: 'none', rtpCapabilities: {} },
  'transport:restart-ice': { transportId: 'none' },
  'producer:create': produceRequest('none', 'mic'),
  'producer:pause': { producerId: 'none' },
  'producer:resume': { producerId: 'none' },
  'producer:close': { producerId: 'none' },
  'consumer:pause': { consumerId: 'none' },
  'consumer:resume': { consumerId: 'none' },
  'consumer:prefer': { consumerId: 'none', spatialLayer: 0 },
  'consumer:keyframe': { consumerId: 'none' },
  'path:switched': { epoch: 1, participantId: 'nobody' },
  'path:failed': { epoch: 1, participantId: 'nobody', reason: 'x' },
  'handover:report': { epoch: 1, paths: [] },
  'handover:history': {},
};
const NAMES = Object.keys(requests) as RequestName[];
const IN_A_ROOM = NAMES.filter((name) => name !== 'room:join' && name !== 'room:preview');

describe('a request', () => {
  it.each(NAMES)('whose payload does not fit is refused: %s', async (name) => {
    const [alice, bob] = await guests.two();
    for (const payload of [{ ...FITTING[name], surprise: 1 }, null, [], 'text', 7]) {
      const ack = await alice.ask(name, payload);
      expect(ack).toEqual({
        ok: false,
        error: expect.objectContaining({
          code: 'INVALID_PAYLOAD',
          retryable: false,
          details: expect.anything(),
        }),
      });
    }
    await caughtUp([bob]);
    expect(bob.heard).toEqual([]);
    expect(await alice.refusal('room:leave', {})).toBeUndefined();
  });

  it.each(IN_A_ROOM)('that needs a room is refused without one: %s', async (name) => {
    const stranger = await guests.connect();
    expect(await stranger.refusal(name, FITTING[name])).toBe('NOT_JOINED');
  });

  it('that there is none of is refused', async () => {
    const alice = await guests.join(aRoom());
    for (const name of [
      'no:such',
      'participant:joined',
      'constructor',
      'toString',
      'error',
      'newListener2',
    ]) {
      expect(await alice.refusal(name, {})).toBe('UNKNOWN_EVENT');
    }
  });

  it('with another number of payloads than one is refused', async () => {
    const alice = await guests.join(aRoom());
    expect(await alice.refusal('room:leave')).toBe('INVALID_PAYLOAD');
    expect(await alice.refusal('room:leave', {}, {})).toBe('INVALID_PAYLOAD');
    expect(await alice.refusal('room:leave', {}, {}, {})).toBe('INVALID_PAYLOAD');
    expect(await alice.refusal('room:leave', {})).toBeUndefined();
  });

  it('without an ack does nothing', async () => {
    const [alice, bob] = await guests.two();
    alice.socket.emit('participant:update', { displayName: 'Mallory' });
    alice.socket.emit('room:leave', {});
    alice.socket.emit('no:such');
    await alice.request('participant:update', { displayName: 'Alicia' });
    await bob.next('participant:updated');
    expect(bob.heard.map(({ name }) => name)).toEqual(['participant:updated']);
  });

  it('of more than 64 KiB is refused, and one of less is not', async () => {
    const [alice, bob] = await guests.two();
    const signal = (sdp: string) => ({
      to: bob.id,
      epoch: 1,
      signal: { type: 'description', description: { type: 'offer', sdp }, sources: {} },
    });
    await alice.ask('link:signal', signal('x'.repeat(60_000)));
    await bob.next('link:signaled');
    for (const bytes of [66_000, 500_000, 1_000_000]) {
      expect(await alice.ask('link:signal', signal('x'.repeat(bytes)))).toMatchObject({
        ok: false,
        error: { code: 'PAYLOAD_TOO_LARGE', retryable: false, details: { maxBytes: 65_536 } },
      });
      expect(await alice.refusal('no:such', 'x'.repeat(bytes))).toBe('UNKNOWN_EVENT');
    }
    await caughtUp([bob]);
    expect(bob.heard).toHaveLength(1);
    expect(await alice.refusal('room:leave', {})).toBeUndefined();
  });

  it('of more than 1 MiB ends the connection that it came by, and no other', async () => {
    const [alice, bob] = await guests.two();
    const ended = new Promise((resolve) => {
      alice.socket.once('disconnect', resolve);
    });
    alice.socket.emit('participant:update', { displayName: 'x'.repeat(1024 * 1024) }, () => undefined);
    await ended;
    expect(await bob.next('participant:left')).toMatchObject({
      participantId: alice.id,
      reason: 'connection-lost',
    });
    expect(await bob.refusal('room:leave', {})).toBeUndefined();
  });
});

describe('in the middle of a handover', () => {
  let alice: Session;
  let bob: Session;
  let carol: Session;
  let stranger: Session;
  let everyone: Session[];

  beforeEach(async () => {
    [alice, bob, carol] = await guests.three();
    stranger = await guests.join(aRoom(), 'Stranger', { topology: 'sfu' });
    everyone = [alice, bob, carol, stranger];
    await alice.request('transport:connect', {
      transportId: alice.setupOf(2).sendTransport.id,
      dtlsParameters: DTLS_PARAMETERS,
    });
    await alice.publish(2, 'camera');
    await Promise.all([bob, carol].map((one) => one.next('consumer:created')));
    await stranger.publish(1, 'mic');
  });

  /** All that a request could have changed. Rooms and timers are left out: the empty rooms of other tests close in their time. */
  function standing() {
    const { rooms: _rooms, timers: _timers, ...counts } = server.conference.counts();
    return { counts, heard: everyone.map((one) => one.heard.length) };
  }

  type Case = readonly [what: string, code: ErrorCode, ask: () => readonly [RequestName, unknown]];

  const producerOf = (session: Session, by: Session) =>
    by.consumers.find(({ participantId }) => participantId === session.id)?.producerId;

  /** What Bob asks for. */
  const cases: readonly Case[] = [
    ['another room while in one', 'ALREADY_JOINED', () => ['room:join', FITTING['room:join']]],
    ['the end of a room that is not his', 'NOT_PERMITTED', () => ['room:end', {}]],

    [
      'a signal to somebody of another room',
      'NOT_FOUND',
      () => ['link:signal', { ...FITTING['link:signal'], to: stranger.id }],
    ],
    ['a signal to nobody', 'NOT_FOUND', () => ['link:signal', FITTING['link:signal']]],
    ['a signal to himself', 'NOT_FOUND', () => ['link:signal', { ...FITTING['link:signal'], to: bob.id }]],
    [
      'a signal to a joiner who is not in the mesh',
      'NOT_FOUND',
      () => ['link:signal', { ...FITTING['link:signal'], to: carol.id }],
    ],
    [
      'a signal in the epoch of the SFU',
      'SUPERSEDED_EPOCH',
      () => ['link:signal', { ...FITTING['link:signal'], to: alice.id, epoch: 2 }],
    ],
    [
      'a signal in an epoch to come',
      'SUPERSEDED_EPOCH',
      () => ['link:signal', { ...FITTING['link:signal'], to: alice.id, epoch: 3 }],
    ],

    [
      'a path of an epoch to come',
      'SUPERSEDED_EPOCH',
      () => ['path:switched', { epoch: 3, participantId: alice.id }],
    ],
    [
      'a failed path of an epoch to come',
      'SUPERSEDED_EPOCH',
      () => ['path:failed', { epoch: 9, participantId: alice.id, reason: 'x' }],
    ],
    ['a path from himself', 'NOT_FOUND', () => ['path:switched', { epoch: 2, participantId: bob.id }]],
    [
      'a path from somebody of another room',
      'NOT_FOUND',
      () => ['path:switched', { epoch: 2, participantId: stranger.id }],
    ],
    [
      'a failed path from nobody',
      'NOT_FOUND',
      () => ['path:failed', { ...FITTING['path:failed'], epoch: 2 }],
    ],

    [
      "somebody else's transport, connected",
      'NOT_FOUND',
      () => [
        'transport:connect',
        { transportId: alice.setupOf(2).recvTransport.id, dtlsParameters: DTLS_PARAMETERS },
      ],
    ],
    [
      "somebody else's transport, to receive on",
      'NOT_FOUND',
      () => ['transport:receive', { transportId: alice.setupOf(2).recvTransport.id, rtpCapabilities: {} }],
    ],
    [
      "somebody else's transport, restarted",
      'NOT_FOUND',
      () => ['transport:restart-ice', { transportId: alice.setupOf(2).sendTransport.id }],
    ],
    [
      "another room's transport, restarted",
      'NOT_FOUND',
      () => ['transport:restart-ice', { transportId: stranger.setupOf(1).sendTransport.id }],
    ],
    [
      "a track on somebody else's transport",
      'NOT_FOUND',
      () => ['producer:create', produceRequest(alice.setupOf(2).sendTransport.id, 'mic')],
    ],
    [
      'a track on the transport he receives on',
      'INVALID_STATE',
      () => ['producer:create', produceRequest(bob.setupOf(2).recvTransport.id, 'mic')],
    ],
    [
      'to receive on the transport he sends on',
      'INVALID_STATE',
      () => ['transport:receive', { transportId: bob.setupOf(2).sendTransport.id, rtpCapabilities: {} }],
    ],
    [
      'to receive twice',
      'INVALID_STATE',
      () => ['transport:receive', { transportId: bob.setupOf(2).recvTransport.id, rtpCapabilities: {} }],
    ],
    [
      'video for a microphone',
      'INVALID_STATE',
      () => [
        'producer:create',
        { ...produceRequest(bob.setupOf(2).sendTransport.id, 'camera'), source: 'mic' },
      ],
    ],
    [
      'a codec that the router does not know',
      'INVALID_PAYLOAD',
      () => {
        const { codecs, ...rest } = rtpParametersOf('camera');
        const rtpParameters = {
          ...rest,
          codecs: codecs.map((codec) => ({ ...codec, mimeType: 'video/theora' })),
        };
        return [
          'producer:create',
          { ...produceRequest(bob.setupOf(2).sendTransport.id, 'camera'), rtpParameters },
        ];
      },
    ],
    [
      'audio parameters for video',
      'INVALID_PAYLOAD',
      () => [
        'producer:create',
        {
          ...produceRequest(bob.setupOf(2).sendTransport.id, 'camera'),
          rtpParameters: rtpParametersOf('mic'),
        },
      ],
    ],
    [
      "somebody else's track, muted",
      'NOT_FOUND',
      () => ['producer:pause', { producerId: producerOf(alice, bob) }],
    ],
    [
      "somebody else's track, unmuted",
      'NOT_FOUND',
      () => ['producer:resume', { producerId: producerOf(alice, bob) }],
    ],
    [
      "somebody else's track, closed",
      'NOT_FOUND',
      () => ['producer:close', { producerId: producerOf(alice, bob) }],
    ],
    ...(['consumer:pause', 'consumer:resume', 'consumer:keyframe', 'consumer:prefer'] as const).map(
      (name): Case => [
        `${name} of what somebody else receives`,
        'NOT_FOUND',
        () => [name, { ...FITTING[name], consumerId: carol.consumers[0]?.consumerId }],
      ],
    ),
    [
      'a consumer by the id of a producer',
      'NOT_FOUND',
      () => ['consumer:pause', { consumerId: producerOf(alice, bob) }],
    ],
  ];

  it.each(cases)('%s is refused with %s', async (_what, code, ask) => {
    // Those of the test before may be leaving still.
    await until('to be alone', () => server.conference.counts().participants === everyone.length);
    await caughtUp(everyone);
    const before = standing();

    const ack = await bob.ask(...ask());

    expect(ack).toEqual({
      ok: false,
      error: expect.objectContaining({ code, message: expect.any(String), retryable: expect.any(Boolean) }),
    });
    await caughtUp(everyone);
    expect(standing()).toEqual(before);
  });

  it('a transport is connected once', async () => {
    const { sendTransport } = alice.setupOf(2);
    const again = { transportId: sendTransport.id, dtlsParameters: DTLS_PARAMETERS };
    expect(await alice.refusal('transport:connect', again)).toBe('INVALID_STATE');
    expect(await alice.refusal('producer:create', produceRequest(sendTransport.id, 'mic'))).toBeUndefined();
  });

  it('a source is sent once', async () => {
    const { sendTransport } = alice.setupOf(2);
    expect(await alice.refusal('producer:create', produceRequest(sendTransport.id, 'camera'))).toBe(
      'INVALID_STATE',
    );
    expect(server.conference.counts().producers).toBe(2);
  });

  it('what belongs to an epoch that is over is refused', async () => {
    const old = alice.setupOf(2).sendTransport.id;
    const producerId = producerOf(alice, bob);
    await carol.request('path:failed', { epoch: 2, participantId: alice.id, reason: 'x' });
    await alice.next('topology:aborted');
    expect(await alice.refusal('path:switched', { epoch: 2, participantId: bob.id })).toBe(
      'SUPERSEDED_EPOCH',
    );
    expect(await alice.refusal('path:failed', { epoch: 2, participantId: bob.id, reason: 'x' })).toBe(
      'SUPERSEDED_EPOCH',
    );
    expect(await alice.refusal('producer:create', produceRequest(old, 'mic'))).toBe('NOT_FOUND');
    expect(await alice.refusal('producer:close', { producerId })).toBe('NOT_FOUND');
    expect(
      await bob.refusal('consumer:pause', { consumerId: bob.all('consumer:created')[0]?.consumerId }),
    ).toBe('NOT_FOUND');
  });

  it('a report from the live epoch is no mistake, and changes nothing', async () => {
    expect(await bob.refusal('path:switched', { epoch: 1, participantId: alice.id })).toBeUndefined();
    await caughtUp(everyone);
    expect(alice.all('topology:settled')).toEqual([]);
  });
});

it('keeps a session that was refused a thousand times like any other', async () => {
  const [alice, bob] = await guests.two();
  const codes = await Promise.all(
    Array.from({ length: 1000 }, (_, n) => alice.refusal(n % 2 === 0 ? 'no:such' : 'room:end', { n })),
  );
  expect(new Set(codes)).toEqual(new Set(['UNKNOWN_EVENT', 'INVALID_PAYLOAD']));
  await alice.request('room:end', {});
  await bob.next('room:closed');
  await until('the room to be gone', () => server.conference.counts().participants === 0);
});
