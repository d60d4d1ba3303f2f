import { randomInt } from 'node:crypto';
import {
  SOURCES,
  kindOfSource,
  type DtlsParameters,
  type RequestInput,
  type RtpParameters,
  type Source,
} from '#protocol';

/** What a browser would send for that source: opus, or one encoding of VP8. */
export function rtpParametersOf(source: Source): RtpParameters {
  const ssrc = randomInt(1, 0x7fffffff);
  const common = {
    // Unique in its transport.
    mid: String(SOURCES.indexOf(source)),
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 }],
    rtcp: { cname: `cname-${ssrc}`, reducedSize: true },
  };
  if (kindOfSource(source) === 'audio') {
    return {
      ...common,
      codecs: [
        {
          mimeType: 'audio/opus',
          payloadType: 111,
          clockRate: 48_000,
          channels: 2,
          parameters: { minptime: 10, useinbandfec: 1 },
          rtcpFeedback: [{ type: 'transport-cc' }],
        },
      ],
      encodings: [{ ssrc }],
    };
  }
  return {
    ...common,
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        rtcpFeedback: [
          { type: 'nack' },
          { type: 'nack', parameter: 'pli' },
          { type: 'ccm', parameter: 'fir' },
          { type: 'transport-cc' },
        ],
      },
    ],
    encodings: [{ ssrc, maxBitrate: 1_000_000 }],
  };
}

/** Three layers of one camera, in that codec: as simulcast, or where there is one encoding as SVC. */
export function layeredRtpParameters(codec: 'VP8' | 'VP9'): RtpParameters {
  const { codecs, ...rest } = rtpParametersOf('camera');
  const encodings =
    codec === 'VP9'
      ? [{ ssrc: randomInt(1, 0x7fffffff), scalabilityMode: 'L3T3_KEY' }]
      : ['r0', 'r1', 'r2'].map((rid) => ({ rid, scalabilityMode: 'L1T1' }));
  return {
    ...rest,
    headerExtensions: [
      ...(rest.headerExtensions ?? []),
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 10 },
    ],
    codecs: codecs.map((one) => ({
      ...one,
      mimeType: `video/${codec}`,
      ...(codec === 'VP9' ? { parameters: { 'profile-id': 0 } } : {}),
    })),
    // Beside another camera, whose place it takes.
    mid: `camera-${codec}`,
    encodings,
  };
}

/** The payload of a `producer:create`. */
export function produceRequest(transportId: string, source: Source): RequestInput<'producer:create'> {
  const kind = kindOfSource(source);
  return { transportId, source, kind, rtpParameters: rtpParametersOf(source), paused: false };
}

/** Well-formed DTLS parameters of nobody. */
export const DTLS_PARAMETERS: DtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};
