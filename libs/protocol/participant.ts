import { z } from 'zod';
import { participantIdSchema, seqSchema } from './ids.ts';
import { REACTIONS, type Reaction } from './reaction.ts';
import { SOURCES } from './source.ts';
import { displayNameSchema } from './text.ts';

export const sourceSchema = z.enum(SOURCES).describe('What a track shows or says');

export const sourceStateSchema = z.strictObject({ source: sourceSchema, muted: z.boolean() });
/** A source that a participant offers, and whether it is muted now. */
export type SourceState = z.infer<typeof sourceStateSchema>;

export const sourceStatesSchema = z
  .array(sourceStateSchema)
  .max(SOURCES.length)
  .refine((states) => new Set(states.map(({ source }) => source)).size === states.length, {
    message: 'expected each source at most once',
  })
  .describe('The sources the participant offers');

export const roleSchema = z.enum(['host', 'guest']).describe('`host` for whoever opened the room');
/** A named set of permissions. */
export type Role = z.infer<typeof roleSchema>;

export const permissionSchema = z.enum(['room:end']);
export type Permission = z.infer<typeof permissionSchema>;

export const participantSchema = z.strictObject({
  id: participantIdSchema,
  displayName: displayNameSchema,
  role: roleSchema,
  sources: sourceStatesSchema,
  joinedSeq: seqSchema.describe(
    'Rises from one participant to the next, in the order they joined. Of two, the lower one makes the first mesh offer',
  ),
  handSeq: seqSchema
    .nullable()
    .describe(
      'Rises from one raised hand to the next, in the order they were raised; null: the hand is down',
    ),
});
export type ParticipantInfo = z.infer<typeof participantSchema>;

export const reactionSchema = z
  .enum(Object.keys(REACTIONS) as [Reaction, ...Reaction[]])
  .describe('What is said without a word');

export const leaveReasonSchema = z
  .enum(['left', 'connection-lost', 'removed-by-operator', 'room-ended', 'server-stopping'])
  .describe('Why somebody is no longer in the room');
export type LeaveReason = z.infer<typeof leaveReasonSchema>;
