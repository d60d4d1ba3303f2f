import * as fc from 'fast-check';
import { REACTIONS, SOURCES, requests, type Reaction, type RequestInput, type RequestName } from '#protocol';
import { DTLS_PARAMETERS, produceRequest } from '../rtp.ts';
import { mutate, mutations, oddValue, type Mutation } from './mutations.ts';

export const REQUESTS = Object.keys(requests) as RequestName[];

/** Ids that exist: some of them the sender's own, some of others in its room, some of rooms that it has nothing to do with. */
export interface Ids {
  readonly rooms: readonly string[];
  readonly participants: readonly string[];
  readonly transports: readonly string[];
  readonly producers: readonly string[];
  readonly consumers: readonly string[];
}

/** Takes one of a list, each time by another of the numbers that were drawn. */
type Pick = <T>(list: readonly T[]) => T;

const EPOCHS = [1, 2, 3];

/** Payloads that fit the schema of each request, and name what exists. */
const fitting: { readonly [Name in RequestName]: (ids: Ids, pick: Pick) => RequestInput<Name> } = {
  'room:join': ({ rooms }, pick) => ({
    room: pick(rooms),
    displayName: pick(['Mallory', 'Ünï', '👨‍👩‍👧']),
    sources: [{ source: pick(SOURCES), muted: pick([true, false]) }],
    topology: pick(['auto', 'mesh', 'sfu']),
    visibility: pick(['private', 'public']),
    videoCodecs: pick([['VP8'], ['AV1', 'VP9']] as const).slice(),
  }),
  'rooms:watch': () => ({}),
  'room:leave': () => ({}),
  'room:end': () => ({}),
  'participant:update': (_ids, pick) => ({
    displayName: pick(['Mallory', 'Mal']),
    sources: [{ source: pick(SOURCES), muted: true }],
    handRaised: pick([true, false]),
  }),
  'chat:send': ({ participants }, pick) => {
    const text = pick(['hello', '<img src=x onerror=alert(1)>', 'two\nlines', '😀'.repeat(4000)]);
    return pick([{ text }, { text, to: pick(participants) }]);
  },
  'chat:history': () => ({}),
  'reaction:send': (_ids, pick) => ({ reaction: pick(Object.keys(REACTIONS) as Reaction[]) }),
  'link:signal': ({ participants }, pick) => ({
    to: pick(participants),
    epoch: pick(EPOCHS),
    signal: pick([
      { type: 'candidate', candidate: null },
      {
        type: 'candidate',
        candidate: { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0' },
      },
      { type: 'description', description: { type: 'offer', sdp: 'v=0\r\n' }, sources: { 0: 'mic' } },
    ] as const),
  }),
  'link:report': (_ids, pick) => ({
    epoch: pick(EPOCHS),
    cpuLimited: pick([true, false]),
    uplinkLimited: pick([true, false]),
    lossy: pick([true, false]),
    relayed: pick([true, false]),
  }),
  'transport:connect': ({ transports }, pick) => ({
    transportId: pick(transports),
    dtlsParameters: DTLS_PARAMETERS,
  }),
  'transport:receive': ({ transports }, pick) => ({
    transportId: pick(transports),
    rtpCapabilities: {
      codecs: [
        { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, preferredPayloadType: 100 },
      ],
      headerExtensions: [{ kind: 'audio', uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', preferredId: 1 }],
    },
  }),
  'transport:restart-ice': ({ transports }, pick) => ({ transportId: pick(transports) }),
  'producer:create': ({ transports, producers }, pick) => ({
    ...produceRequest(pick(transports), pick(SOURCES)),
    ...pick([{}, { size: { width: 640, height: 360 } }]),
    ...pick([{}, ...producers.map((replaces) => ({ replaces }))]),
  }),
  'producer:pause': ({ producers }, pick) => ({ producerId: pick(producers) }),
  'producer:resume': ({ producers }, pick) => ({ producerId: pick(producers) }),
  'producer:close': ({ producers }, pick) => ({ producerId: pick(producers) }),
  'consumer:pause': ({ consumers }, pick) => ({ consumerId: pick(consumers) }),
  'consumer:resume': ({ consumers }, pick) => ({ consumerId: pick(consumers) }),
  'consumer:prefer': ({ consumers }, pick) => ({
    consumerId: pick(consumers),
    spatialLayer: pick([0, 7]),
    priority: pick([1, 255]),
  }),
  'consumer:keyframe': ({ consumers }, pick) => ({ consumerId: pick(consumers) }),
  'path:switched': ({ participants }, pick) => ({ epoch: pick(EPOCHS), participantId: pick(participants) }),
  'path:failed': ({ participants }, pick) => ({
    epoch: pick(EPOCHS),
    participantId: pick(participants),
    reason: pick(['ICE failed', 'x'.repeat(200)]),
  }),
  'room:preview': ({ rooms }, pick) => ({ room: pick(rooms) }),
  'handover:report': ({ participants }, pick) => ({
    epoch: pick(EPOCHS),
    paths: [
      {
        participantId: pick(participants),
        proof: pick(['parity', null]),
        longestFrameIntervalMs: pick([null, 50, 600_000]),
        steadyFrameIntervalMs: pick([null, 50]),
        frozenMs: 0,
        concealedAudioMs: 0,
        steadyConcealedAudioMs: 0,
      },
    ],
  }),
  'handover:history': () => ({}),
};

/** One message to throw, without the ids of the world that it is thrown at. */
export type Message =
  | { readonly kind: 'arbitrary'; readonly name: string; readonly payload: unknown }
  | {
      readonly kind: 'mutated';
      readonly name: RequestName;
      readonly picks: readonly number[];
      readonly mutations: readonly Mutation[];
    }
  | { readonly kind: 'out of order'; readonly name: RequestName; readonly picks: readonly number[] }
  | { readonly kind: 'unknown'; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'miscounted'; readonly name: string; readonly payloads: readonly unknown[] };

const name = fc.constantFrom(...REQUESTS);
const picks = fc.array(fc.nat({ max: 1000 }), { minLength: 8, maxLength: 8 });

/** Names that the client library refuses to send; what they do as raw frames is another test's. */
const KEPT_BY_SOCKET_IO = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
]);

const unknownName = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      'room',
      'room:',
      'ROOM:JOIN',
      'room:join ',
      'participant:joined',
      'constructor',
      '__proto__',
      'error',
    ),
  )
  .filter((text) => !KEPT_BY_SOCKET_IO.has(text) && !(REQUESTS as readonly string[]).includes(text));

/**
 * JSON text that fast-check makes of everything, as a value. By way of text, because keys such as `__proto__` come over the wire as
 * ordinary ones.
 */
const arbitraryJson = fc.json({ maxDepth: 5, stringUnit: 'binary' }).map((text): unknown => JSON.parse(text));

const arbitraryPayload = fc.oneof(
  { weight: 4, arbitrary: arbitraryJson },
  { weight: 1, arbitrary: oddValue },
  // The right keys, with anything behind them.
  {
    weight: 2,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        'room',
        'displayName',
        'sources',
        'to',
        'epoch',
        'signal',
        'transportId',
        'producerId',
        'participantId',
        'text',
        'reaction',
      ),
      fc.oneof(oddValue, arbitraryJson),
    ),
  },
);

export const message: fc.Arbitrary<Message> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('arbitrary' as const), name, payload: arbitraryPayload }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('mutated' as const), name, picks, mutations }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('out of order' as const), name, picks }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('unknown' as const),
      name: unknownName,
      payload: arbitraryPayload,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('miscounted' as const),
      name,
      payloads: fc.oneof(fc.constant([]), fc.array(arbitraryPayload, { minLength: 2, maxLength: 4 })),
    }),
  },
);

/** What is sent, in a world that has those ids. */
export function payloadsOf(one: Message, ids: Ids): readonly unknown[] {
  switch (one.kind) {
    case 'mutated':
      return [mutate(fittingPayload(one.name, one.picks, ids), one.mutations)];
    case 'out of order':
      return [fittingPayload(one.name, one.picks, ids)];
    case 'miscounted':
      return one.payloads;
    case 'arbitrary':
    case 'unknown':
    default:
      return [one.payload];
  }
}

function fittingPayload(request: RequestName, drawn: readonly number[], ids: Ids): unknown {
  let next = 0;
  return fitting[request](ids, (list) => {
    const index = (drawn[next % drawn.length] ?? 0) % list.length;
    next += 1;
    const [found] = list.slice(index);
    if (found === undefined) throw new Error('expected a list that has something');
    return found;
  });
}
