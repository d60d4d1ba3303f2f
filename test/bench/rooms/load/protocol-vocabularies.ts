import type { Joined } from '#protocol';
import { produceRequest } from '../../../support/rtp.ts';
import { until } from '../../../support/until.ts';
import { SDP, SIGNALS, candidate, eachSignal } from './signals.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Wire } from './wire.ts';

const SENT = ['mic', 'camera'] as const;
const EVERY_MS = 5;

const ask = (wire: Wire, room: string, topology: 'auto' | 'sfu'): Promise<unknown> =>
  wire.request('room:join', {
    room,
    displayName: 'Ada',
    sources: SENT.map((source) => ({ source, muted: false })),
    topology,
  });

const joined = (answer: unknown): Joined => answer as Joined;

/** Rooms of the protocol, in a mesh. */
export const mesh: Vocabulary = {
  name: '/v1 mesh',
  namespace: '/v1',
  size: 2,
  join: (wire, room) => ask(wire, room, 'auto'),
  async exchange(members) {
    const last = members.at(-1);
    const epoch = last && joined(last.answer).topology.live.epoch;
    for (const { wire } of members) {
      for (const other of members.filter((member) => member.wire !== wire)) {
        const to = joined(other.answer).participantId;
        const heard = other.wire.heardEvent('link:signaled', SIGNALS);
        const acks: Promise<unknown>[] = [];
        eachSignal((index) => {
          const signal =
            index === 0
              ? {
                  type: 'description',
                  description: { type: 'offer', sdp: SDP },
                  sources: { 0: 'mic', 1: 'camera' },
                }
              : {
                  type: 'candidate',
                  candidate: { candidate: candidate(index), sdpMid: '0', sdpMLineIndex: 0 },
                };
          acks.push(wire.request('link:signal', { to, epoch, signal }));
        });
        await Promise.all([heard, ...acks]);
      }
    }
  },
};

/** Rooms of the protocol, in the SFU: everyone sends a microphone and a camera, and receives those of the others. */
export const sfu: Vocabulary = {
  name: '/v1 SFU',
  namespace: '/v1',
  size: 5,
  join: (wire, room) => ask(wire, room, 'sfu'),
  async complete(members) {
    await Promise.all(
      members.map(async ({ wire, answer }) => {
        const { topology, routerRtpCapabilities: rtpCapabilities } = joined(answer);
        if (topology.sfu === null)
          throw new Error('expected a join to the SFU to be answered with transports');
        const { sendTransport, recvTransport } = topology.sfu;
        await wire.request('transport:receive', { transportId: recvTransport.id, rtpCapabilities });
        await Promise.all(
          SENT.map((source) => wire.request('producer:create', produceRequest(sendTransport.id, source))),
        );
      }),
    );
    const tracks = SENT.length * (members.length - 1);
    await until(`${tracks} tracks for each`, () => members.every(({ wire }) => wire.acknowledged >= tracks), {
      everyMs: EVERY_MS,
    });
  },
};
