import type { RequestInput, RequestName } from '#protocol';
import { DTLS_PARAMETERS, produceRequest } from './rtp.ts';

/** A payload that fits the schema, for each request; it names things that nobody has. */
export const FITTING: { readonly [Name in RequestName]: RequestInput<Name> } = {
  'room:join': { room: 'r', displayName: 'd', sources: [] },
  'room:preview': { room: 'r' },
  'rooms:watch': {},
  'room:leave': {},
  'room:end': {},
  'participant:update': { displayName: 'x' },
  'chat:send': { text: 'hello' },
  'chat:history': {},
  'reaction:send': { reaction: 'heart' },
  'link:signal': { to: 'nobody', epoch: 1, signal: { type: 'candidate', candidate: null } },
  'link:report': { epoch: 1, cpuLimited: false, uplinkLimited: false, lossy: false, relayed: false },
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
