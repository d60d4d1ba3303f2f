import { z } from 'zod';
import { participantIdSchema, seqSchema } from './ids.ts';
import { iceServerSchema, rtpCapabilitiesSchema, videoCodecSchema } from './media.ts';
import { leaveReasonSchema, participantSchema, permissionSchema, sourceStatesSchema } from './participant.ts';
import { displayNameSchema, roomNameSchema } from './text.ts';
import { roomTopologySchema, topologyWishSchema } from './topology.ts';
import { FLOOR_CODEC, VIDEO_CODECS } from './video-codec.ts';

/** How many public rooms are told at once. */
export const MAX_LISTED_ROOMS = 50;

export const roomVisibilitySchema = z
  .enum(['private', 'public'])
  .describe('`public`: listed for everybody who opens the start page; `private`: told to nobody');
export type RoomVisibility = z.infer<typeof roomVisibilitySchema>;

export const joinSchema = z.strictObject({
  room: roomNameSchema,
  displayName: displayNameSchema,
  sources: sourceStatesSchema,
  relayOnly: z
    .boolean()
    .default(false)
    .describe('Your address is not to be seen by the others: no direct paths, so the call runs over the SFU'),
  topology: topologyWishSchema
    .default('auto')
    .describe("The room's setting, taken from its first joiner only"),
  visibility: roomVisibilitySchema
    .default('private')
    .describe('Whether the room is listed: counts only for whoever finds nobody there'),
  videoCodecs: z
    .array(videoCodecSchema)
    .max(VIDEO_CODECS.length)
    .default([FLOOR_CODEC])
    .describe('What you can decode; VP8 is taken for granted'),
});

export const roomSnapshotSchema = z.strictObject({
  name: roomNameSchema,
  seq: seqSchema.describe('The number of the last notification that the snapshot contains'),
  maxParticipants: z.int().min(1),
  topology: topologyWishSchema,
  visibility: roomVisibilitySchema,
  participants: z
    .array(participantSchema)
    .describe('Everyone in the room, you included, in the order they joined'),
});
/** A room as it stands after the notification numbered `seq`. */
export type RoomSnapshot = z.infer<typeof roomSnapshotSchema>;

export const joinedSchema = z.strictObject({
  participantId: participantIdSchema.describe('You'),
  permissions: z.array(permissionSchema),
  room: roomSnapshotSchema,
  topology: roomTopologySchema,
  iceServers: z.array(iceServerSchema),
  routerRtpCapabilities: rtpCapabilitiesSchema.describe('What the SFU can receive and send, in every room'),
});
/** The answer to `room:join`: everything in one round trip. */
export type Joined = z.infer<typeof joinedSchema>;

export const roomClosedSchema = z.strictObject({ seq: seqSchema, reason: leaveReasonSchema });

export const publicRoomSchema = z.strictObject({
  name: roomNameSchema,
  participants: z.int().min(1).describe('How many are in it'),
  maxParticipants: z.int().min(1),
});
/** A room that is open, and whose host wants it to be found. */
export type PublicRoom = z.infer<typeof publicRoomSchema>;

export const publicRoomsSchema = z.strictObject({
  rooms: z
    .array(publicRoomSchema)
    .max(MAX_LISTED_ROOMS)
    .describe('Those with the most participants first, and of equals in the order of their names'),
  total: z.int().min(0).describe('How many public rooms there are, those that are not listed included'),
});
/** The public rooms, as they stand. */
export type PublicRooms = z.infer<typeof publicRoomsSchema>;
