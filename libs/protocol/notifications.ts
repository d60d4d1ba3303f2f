import { z } from 'zod';
import { consumerIdSchema, epochSchema, participantIdSchema, producerIdSchema, seqSchema } from './ids.ts';
import { chatMessageSchema } from './chat.ts';
import { handoverRecordSchema } from './handover.ts';
import { linkSignaledSchema } from './link.ts';
import { consumerSetupSchema, videoCodecSchema } from './media.ts';
import { leaveReasonSchema, participantSchema, reactionSchema } from './participant.ts';
import { publicRoomsSchema, roomClosedSchema } from './room.ts';
import { abortReasonSchema, liveTopologySchema, prepareSchema } from './topology.ts';

export interface NotificationDefinition<Payload extends z.ZodType = z.ZodType> {
  readonly summary: string;
  readonly payload: Payload;
}

const notification = <Payload extends z.ZodType>(definition: NotificationDefinition<Payload>) => definition;

const inRoom = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ seq: seqSchema, ...shape });
const ofConsumer = z.strictObject({ consumerId: consumerIdSchema });

/** What belongs to the room: everyone in it is told, and the number `seq` rises by one with each. */
export const roomNotifications = {
  'participant:joined': notification({
    summary: 'Somebody came in. You are not told of your own join.',
    payload: inRoom({
      participant: participantSchema,
      epochs: z.array(epochSchema).describe('The epochs whose planes the newcomer takes part in'),
    }),
  }),
  'participant:updated': notification({
    summary: "Somebody's name, hand or sources changed.",
    payload: inRoom({ participant: participantSchema }),
  }),
  'participant:left': notification({
    summary: 'Somebody is no longer in the room.',
    payload: inRoom({ participantId: participantIdSchema, reason: leaveReasonSchema }),
  }),
  'chat:received': notification({
    summary: 'Somebody said something to everyone. You are told of your own message, too.',
    payload: inRoom({ message: chatMessageSchema }),
  }),
  'reaction:received': notification({
    summary: 'Somebody shows a reaction, which may be you. Show it for a moment.',
    payload: inRoom({ participantId: participantIdSchema, reaction: reactionSchema }),
  }),
  'room:closed': notification({
    summary: 'The room is no more, and you are no longer in it.',
    payload: roomClosedSchema,
  }),
  'topology:prepare': notification({
    summary:
      'A handover begins: build the target plane beside the live one, and publish the same tracks into it.',
    payload: prepareSchema.extend({ seq: seqSchema }),
  }),
  'topology:settled': notification({
    summary:
      'Everyone renders everyone over the target plane: it is live now, and the old one is closed after `drainMs`.',
    payload: inRoom({
      live: liveTopologySchema,
      drainMs: z.int().min(0).describe('How long to keep the old plane'),
    }),
  }),
  'topology:aborted': notification({
    summary:
      'The handover was given up: go back to the old plane, which has gone on, and close the target one when the others have gone back as well.',
    payload: inRoom({
      epoch: epochSchema,
      reason: abortReasonSchema,
      message: z.string().describe('Who and what was missing, for people'),
      live: liveTopologySchema,
      drainMs: z.int().min(0).describe('How long to keep the target plane; 0: nobody had switched to it'),
    }),
  }),
  'handover:recorded': notification({
    summary:
      'A handover has its place in the timeline: everybody who was in it has reported, or had the time to.',
    payload: inRoom({ handover: handoverRecordSchema }),
  }),
} as const;

/** What concerns one session alone. */
export const directNotifications = {
  'rooms:changed': notification({
    summary:
      'The public rooms as they stand now, for whoever watches them: the whole list, at most once a second.',
    payload: publicRoomsSchema,
  }),
  'topology:unreachable': notification({
    summary:
      'The others went on without you: in the plane of that epoch nothing came through between you and them.',
    payload: z.strictObject({ epoch: epochSchema, message: z.string() }),
  }),
  'chat:whispered': notification({
    summary: 'Somebody said something to you alone.',
    payload: z.strictObject({ message: chatMessageSchema }),
  }),
  'link:signaled': notification({
    summary: 'A participant passed you a description or a candidate.',
    payload: linkSignaledSchema,
  }),
  'producer:keyframe': notification({
    summary: 'Somebody has just begun to receive your video and needs a key frame now.',
    payload: z.strictObject({ producerId: producerIdSchema }),
  }),
  'producer:layers': notification({
    summary:
      'Which layers of your video are watched: up to the highest, or (null) none. The others need not be encoded. At first all are.',
    payload: z.strictObject({
      producerId: producerIdSchema,
      highest: z.int().min(0).nullable().describe('Spatial layer'),
    }),
  }),
  'producer:replace': notification({
    summary:
      'Somebody cannot decode what you send: send it in that codec instead, by a producer that `replaces` this one.',
    payload: z.strictObject({ producerId: producerIdSchema, videoCodec: videoCodecSchema }),
  }),
  'consumer:closed': notification({
    summary: 'The track ended: its sender closed it or left.',
    payload: ofConsumer,
  }),
  'consumer:paused': notification({
    summary: 'The sender muted the track.',
    payload: ofConsumer,
  }),
  'consumer:resumed': notification({
    summary: 'The sender unmuted the track.',
    payload: ofConsumer,
  }),
  'consumer:layers': notification({
    summary: 'The layers of a simulcast or SVC track that you receive changed; null: none.',
    payload: z.strictObject({
      consumerId: consumerIdSchema,
      spatialLayer: z.int().min(0).nullable(),
      temporalLayer: z.int().min(0).nullable(),
    }),
  }),
} as const;

/** What the server asks of a client, which acknowledges with `{}` once it has done it. Safe to repeat. */
export const serverRequests = {
  'consumer:created': notification({
    summary: 'A track for you. It is paused until you acknowledge that your end of it stands.',
    payload: consumerSetupSchema,
  }),
} as const;

export type RoomNotificationName = keyof typeof roomNotifications;
export type DirectNotificationName = keyof typeof directNotifications;
export type ServerRequestName = keyof typeof serverRequests;

export type RoomNotification<Name extends RoomNotificationName> = z.output<
  (typeof roomNotifications)[Name]['payload']
>;
export type DirectNotification<Name extends DirectNotificationName> = z.output<
  (typeof directNotifications)[Name]['payload']
>;
export type ServerRequest<Name extends ServerRequestName> = z.output<
  (typeof serverRequests)[Name]['payload']
>;
