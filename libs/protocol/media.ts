import { z } from 'zod';
import {
  consumerIdSchema,
  epochSchema,
  participantIdSchema,
  producerIdSchema,
  transportIdSchema,
} from './ids.ts';
import { sourceSchema } from './participant.ts';
import { VIDEO_CODECS } from './video-codec.ts';

// The RTP, DTLS and ICE structures are mediasoup's (https://mediasoup.org/documentation/v3/mediasoup/rtp-parameters-and-capabilities/):
// mediasoup-client makes them, mediasoup checks them in full. Here they are bounded; keys that a newer mediasoup adds are kept.

export const mediaKindSchema = z.enum(['audio', 'video']);

export const videoCodecSchema = z.enum(VIDEO_CODECS).describe('What video is encoded in');

export const videoSizeSchema = z
  .strictObject({ width: z.int().min(1).max(16_384), height: z.int().min(1).max(16_384) })
  .describe('Of a picture, in pixels');
/** Of a picture, in pixels. */
export type VideoSize = z.infer<typeof videoSizeSchema>;

const text = z.string().max(256);
const fmtpSchema = z
  .record(text, z.union([text, z.number(), z.null()]))
  .describe('Codec parameters (`a=fmtp`)');
const rtcpFeedbackSchema = z.looseObject({ type: text, parameter: text.optional() });

const rtpCodecSchema = z.looseObject({
  mimeType: z.string().regex(/^(audio|video)\/[\w.+-]{1,64}$/i, 'expected audio/… or video/…'),
  clockRate: z.int().min(1),
  channels: z.int().min(1).max(8).optional(),
  parameters: fmtpSchema.optional(),
  rtcpFeedback: z.array(rtcpFeedbackSchema).max(32).optional(),
});

const payloadType = z.int().min(0).max(127);

export const rtpCapabilitiesSchema = z
  .looseObject({
    codecs: z
      .array(rtpCodecSchema.extend({ kind: mediaKindSchema, preferredPayloadType: payloadType.optional() }))
      .max(128)
      .optional(),
    headerExtensions: z
      .array(
        z.looseObject({
          kind: mediaKindSchema,
          uri: text,
          preferredId: z.int().min(1).max(255),
          preferredEncrypt: z.boolean().optional(),
          direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
        }),
      )
      .max(64)
      .optional(),
  })
  .describe('RTP capabilities as mediasoup has them');
export type RtpCapabilities = z.infer<typeof rtpCapabilitiesSchema>;

export const rtpParametersSchema = z
  .looseObject({
    mid: z.string().max(32).optional(),
    codecs: z.array(rtpCodecSchema.extend({ payloadType })).min(1).max(16),
    headerExtensions: z
      .array(z.looseObject({ uri: text, id: z.int().min(1).max(255), encrypt: z.boolean().optional() }))
      .max(32)
      .optional(),
    encodings: z
      .array(
        z.looseObject({
          ssrc: z.int().min(0).max(0xffffffff).optional(),
          rid: z.string().max(16).optional(),
          maxBitrate: z.int().min(0).optional(),
          scalabilityMode: z.string().max(16).optional(),
        }),
      )
      .max(8)
      .optional(),
    rtcp: z.looseObject({ cname: text.optional(), reducedSize: z.boolean().optional() }).optional(),
  })
  .describe('RTP parameters as mediasoup has them');
export type RtpParameters = z.infer<typeof rtpParametersSchema>;

export const iceParametersSchema = z.looseObject({
  usernameFragment: text,
  password: text,
  iceLite: z.boolean().optional(),
});
export type IceParameters = z.infer<typeof iceParametersSchema>;

const iceCandidateSchema = z.looseObject({
  foundation: text,
  priority: z.int().min(0),
  ip: text,
  address: text,
  protocol: z.enum(['udp', 'tcp']),
  port: z.int().min(1).max(65_535),
  type: z.enum(['host', 'srflx', 'prflx', 'relay']),
  tcpType: z.enum(['active', 'passive', 'so']).optional(),
});

export const dtlsParametersSchema = z.looseObject({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(
      z.looseObject({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z
          .string()
          .regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}$/, 'expected a fingerprint in colon-separated hex'),
      }),
    )
    .min(1)
    .max(8),
});
export type DtlsParameters = z.infer<typeof dtlsParametersSchema>;

export const transportSetupSchema = z.strictObject({
  id: transportIdSchema,
  iceParameters: iceParametersSchema,
  iceCandidates: z.array(iceCandidateSchema),
  dtlsParameters: dtlsParametersSchema,
});
/** What a client needs to build its end of a transport. */
export type TransportSetup = z.infer<typeof transportSetupSchema>;

export const sfuSetupSchema = z.strictObject({
  sendTransport: transportSetupSchema,
  recvTransport: transportSetupSchema,
  videoCodec: videoCodecSchema.describe(
    'What to send video in: everybody in the room can decode it. Who cannot encode it sends VP8',
  ),
});
/** Both transports of one participant, and what to send on them. */
export type SfuSetup = z.infer<typeof sfuSetupSchema>;

export const consumerSetupSchema = z.strictObject({
  epoch: epochSchema,
  consumerId: consumerIdSchema,
  producerId: producerIdSchema,
  participantId: participantIdSchema.describe('Whose media it is'),
  source: sourceSchema,
  kind: mediaKindSchema,
  rtpParameters: rtpParametersSchema,
  producerPaused: z.boolean().describe('The sender has muted it'),
  size: videoSizeSchema
    .nullable()
    .describe('Of the highest layer; each one below is half as wide and half as high. null: nobody has said'),
});
/** What a client needs to build its end of a consumer. */
export type ConsumerSetup = z.infer<typeof consumerSetupSchema>;

export const iceServerSchema = z.strictObject({
  urls: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  username: z.string().optional(),
  credential: z.string().optional(),
});
/** A STUN or TURN server (W3C WebRTC 1.0 §4.2.2, RTCIceServer). */
export type IceServer = z.infer<typeof iceServerSchema>;
