import { z } from 'zod';
import { chatMessageSchema, chatTextSchema } from './chat.ts';
import type { ErrorCode } from './errors.ts';
import {
  consumerIdSchema,
  epochSchema,
  participantIdSchema,
  producerIdSchema,
  transportIdSchema,
} from './ids.ts';
import { handoverRecordSchema, handoverReportSchema } from './handover.ts';
import { linkReportSchema, linkSignalSchema } from './link.ts';
import {
  dtlsParametersSchema,
  iceParametersSchema,
  mediaKindSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  videoSizeSchema,
} from './media.ts';
import { participantSchema, reactionSchema, sourceSchema, sourceStatesSchema } from './participant.ts';
import { joinSchema, joinedSchema, publicRoomsSchema, roomVisibilitySchema } from './room.ts';
import { displayNameSchema, roomNameSchema } from './text.ts';
import { pathProofSchema, topologySchema } from './topology.ts';

/** One request: what the client sends, what it is answered, and how it may be refused beyond the errors that any request may meet. */
export interface RequestDefinition<
  Payload extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly summary: string;
  readonly payload: Payload;
  readonly answer: Answer;
  readonly errors: readonly ErrorCode[];
}

const request = <Payload extends z.ZodType, Answer extends z.ZodType>(
  definition: RequestDefinition<Payload, Answer>,
): RequestDefinition<Payload, Answer> => definition;

const nothing = z.strictObject({});
const ofProducer = z.strictObject({ producerId: producerIdSchema });
const ofConsumer = z.strictObject({ consumerId: consumerIdSchema });

/** Errors that any request may be refused with. */
export const COMMON_ERRORS: readonly ErrorCode[] = ['INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE', 'INTERNAL'];

/** All that a client can ask. */
export const requests = {
  'room:join': request({
    summary: 'Enter a room; the first to enter opens it.',
    payload: joinSchema,
    answer: joinedSchema,
    errors: ['ALREADY_JOINED', 'ROOM_FULL', 'MEDIA_UNAVAILABLE', 'SERVER_STOPPING'],
  }),
  'room:preview': request({
    summary:
      'Look at a room before joining it. As long as the session looks, the server has ready what its join would need.',
    payload: z.strictObject({ room: roomNameSchema }),
    answer: z.strictObject({
      displayNames: z.array(displayNameSchema).describe('Who is there, in the order they joined'),
      topology: topologySchema.nullable().describe('What carries the call; null: nobody is there'),
      visibility: roomVisibilitySchema
        .nullable()
        .describe('Whether the room is listed; null: nobody is there, so whoever joins decides'),
      routerRtpCapabilities: rtpCapabilitiesSchema.describe(
        'What the SFU can receive and send, in every room: a client can find out ahead of its join what they have in common',
      ),
    }),
    errors: ['ALREADY_JOINED', 'SERVER_STOPPING'],
  }),
  'rooms:watch': request({
    summary:
      'See which rooms are public, now and, by `rooms:changed`, for as long as the session is connected and in no room. Private rooms are never told.',
    payload: nothing,
    answer: publicRoomsSchema,
    errors: ['ALREADY_JOINED'],
  }),
  'room:leave': request({
    summary: 'Leave the room. The session stays connected and may join again.',
    payload: nothing,
    answer: nothing,
    errors: ['NOT_JOINED'],
  }),
  'room:end': request({
    summary: 'Close the room for everyone.',
    payload: nothing,
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_PERMITTED'],
  }),
  'participant:update': request({
    summary:
      'Change your name, raise or lower your hand, or say which sources you offer and which of them are muted.',
    payload: z
      .strictObject({
        displayName: displayNameSchema.optional(),
        sources: sourceStatesSchema.optional(),
        handRaised: z.boolean().optional().describe('A hand that is raised already keeps its place'),
      })
      .refine((change) => Object.keys(change).length > 0, {
        message: 'expected displayName, sources or handRaised',
      }),
    answer: z.strictObject({ participant: participantSchema }),
    errors: ['NOT_JOINED'],
  }),
  'chat:send': request({
    summary: 'Say something to everyone in the room, or to one participant alone.',
    payload: z.strictObject({
      text: chatTextSchema,
      to: participantIdSchema.optional().describe('Left out: to everyone'),
    }),
    answer: z.strictObject({ message: chatMessageSchema }),
    errors: ['NOT_JOINED', 'NOT_FOUND', 'RATE_LIMITED'],
  }),
  'chat:history': request({
    summary:
      'What was said in the room that you may read: to everyone, also before you came, and in private by you or to you.',
    payload: nothing,
    answer: z.strictObject({ messages: z.array(chatMessageSchema).describe('Oldest first') }),
    errors: ['NOT_JOINED'],
  }),
  'reaction:send': request({
    summary: 'Show everyone a reaction. It is not kept.',
    payload: z.strictObject({ reaction: reactionSchema }),
    answer: nothing,
    errors: ['NOT_JOINED', 'RATE_LIMITED'],
  }),
  'link:signal': request({
    summary: 'Pass a description or a candidate to one participant of the same room.',
    payload: linkSignalSchema,
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'SUPERSEDED_EPOCH'],
  }),
  'link:report': request({
    summary:
      'What it costs you to send a copy to each of the others, in the mesh that is live. At first nothing: only changes are told, and only those that last.',
    payload: linkReportSchema,
    answer: nothing,
    errors: ['NOT_JOINED', 'SUPERSEDED_EPOCH'],
  }),
  'transport:connect': request({
    summary: 'Give the DTLS parameters of your end of a transport. Once per transport.',
    payload: z.strictObject({ transportId: transportIdSchema, dtlsParameters: dtlsParametersSchema }),
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'INVALID_STATE', 'MEDIA_UNAVAILABLE'],
  }),
  'transport:receive': request({
    summary:
      'Say what you can receive: the tracks of the others are offered on that transport from now on. Once per transport.',
    payload: z.strictObject({
      transportId: transportIdSchema,
      rtpCapabilities: rtpCapabilitiesSchema.describe(
        "Made from the router's capabilities, which the join is answered with",
      ),
    }),
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'INVALID_STATE'],
  }),
  'transport:restart-ice': request({
    summary: 'New ICE credentials for a transport whose network path was lost.',
    payload: z.strictObject({ transportId: transportIdSchema }),
    answer: z.strictObject({ iceParameters: iceParametersSchema }),
    errors: ['NOT_JOINED', 'NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  'producer:create': request({
    summary: 'Send a track. At most one per source, and the one that takes its place.',
    payload: z
      .strictObject({
        transportId: transportIdSchema,
        source: sourceSchema,
        kind: mediaKindSchema,
        rtpParameters: rtpParametersSchema,
        paused: z.boolean().describe('Begin muted'),
        size: videoSizeSchema.optional().describe('Of the highest layer, by which receivers choose theirs'),
        replaces: producerIdSchema
          .optional()
          .describe(
            'Your producer of the same source that this one takes the place of. Close that one when the others had the time to change over',
          ),
      })
      // mediasoup takes any codec that the router knows, whatever the kind.
      .refine(
        ({ kind, rtpParameters }) =>
          rtpParameters.codecs.every(({ mimeType }) => mimeType.toLowerCase().startsWith(`${kind}/`)),
        { path: ['rtpParameters', 'codecs'], message: 'expected codecs of the kind that is sent' },
      ),
    answer: z.strictObject({ producerId: producerIdSchema }),
    errors: ['NOT_JOINED', 'NOT_FOUND', 'INVALID_STATE', 'MEDIA_UNAVAILABLE'],
  }),
  'producer:pause': request({
    summary: 'Stop forwarding a producer, at its sender.',
    payload: ofProducer,
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  'producer:resume': request({
    summary: 'Forward a paused producer again.',
    payload: ofProducer,
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  'producer:close': request({
    summary: 'Stop sending a track.',
    payload: ofProducer,
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND'],
  }),
  'consumer:pause': request({
    summary: 'Stop receiving a track for now.',
    payload: ofConsumer,
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  'consumer:resume': request({
    summary: 'Receive a paused track again.',
    payload: ofConsumer,
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  'consumer:prefer': request({
    summary:
      'The highest layers of a simulcast or SVC track that are worth receiving. Of what nobody wants its sender is told, and need not encode it.',
    payload: z.strictObject({
      consumerId: consumerIdSchema,
      spatialLayer: z.int().min(0).max(7),
      temporalLayer: z.int().min(0).max(7).optional(),
      priority: z
        .int()
        .min(1)
        .max(255)
        .optional()
        .describe(
          'Where your line does not carry everything, tracks of a higher priority get their layers first. At first 1',
        ),
    }),
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  'consumer:keyframe': request({
    summary: 'Ask the sender of a video track for a key frame.',
    payload: ofConsumer,
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'MEDIA_UNAVAILABLE'],
  }),
  'path:switched': request({
    summary: 'You now render that participant over the plane of that epoch.',
    payload: z.strictObject({
      epoch: epochSchema,
      participantId: participantIdSchema,
      proof: pathProofSchema.default('connected'),
    }),
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'SUPERSEDED_EPOCH'],
  }),
  'path:failed': request({
    summary: 'That participant does not reach you over the plane of that epoch.',
    payload: z.strictObject({
      epoch: epochSchema,
      participantId: participantIdSchema,
      reason: z.string().min(1).max(200),
    }),
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'SUPERSEDED_EPOCH'],
  }),
  'handover:report': request({
    summary: 'What you saw of a handover. Once, 2 s after it has settled or was aborted.',
    payload: handoverReportSchema,
    answer: nothing,
    errors: ['NOT_JOINED', 'NOT_FOUND', 'SUPERSEDED_EPOCH'],
  }),
  'handover:history': request({
    summary: "The room's timeline: its last handovers, with what everybody saw of them.",
    payload: nothing,
    answer: z.strictObject({ handovers: z.array(handoverRecordSchema) }),
    errors: ['NOT_JOINED'],
  }),
} as const;

export type RequestName = keyof typeof requests;
/** What a client passes, before defaults are filled in. */
export type RequestInput<Name extends RequestName> = z.input<(typeof requests)[Name]['payload']>;
/** What a handler gets, parsed. */
export type RequestPayload<Name extends RequestName> = z.output<(typeof requests)[Name]['payload']>;
export type RequestAnswer<Name extends RequestName> = z.output<(typeof requests)[Name]['answer']>;
