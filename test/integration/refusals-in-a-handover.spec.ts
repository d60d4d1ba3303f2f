// What does not fit is refused with the documented code, changes nothing, and is noticed by nobody else.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ErrorCode, RequestName } from '#protocol';
import type { RunningServer } from '#server';
import { FITTING } from '../support/fitting-payloads.ts';
import { Guests, aRoom, caughtUp } from '../support/guests.ts';
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
