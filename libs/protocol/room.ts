import { z } from 'zod';
import { participantIdSchema, seqSchema } from './ids.ts';
import { iceServerSchema, rtpCapabilitiesSchema } from './media.ts';
import { leaveReasonSchema, participantSchema, permissionSchema, sourceStatesSchema } from './participant.ts';
import { displayNameSchema, roomNameSchema } from './text.ts';
import { roomTopologySchema, topologyWishSchema } from './topology.ts';

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
});

export const roomSnapshotSchema = z.strictObject({
  name: roomNameSchema,
  seq: seqSchema.describe('The number of the last notification that the snapshot contains'),
  maxParticipants: z.int().min(1),
  topology: topologyWishSchema,
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
