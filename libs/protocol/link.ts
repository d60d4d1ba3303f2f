import { z } from 'zod';
import { epochSchema, participantIdSchema } from './ids.ts';
import { sourceSchema } from './participant.ts';

const descriptionSchema = z.strictObject({
  type: z.enum(['offer', 'answer', 'rollback', 'pranswer']),
  sdp: z.string().max(60_000).optional(),
});

const candidateSchema = z.looseObject({
  candidate: z.string().max(1024),
  sdpMid: z.string().max(32).nullable().optional(),
  sdpMLineIndex: z.int().min(0).max(255).nullable().optional(),
  usernameFragment: z.string().max(256).nullable().optional(),
});

const sourcesByMidSchema = z
  .record(z.string().max(32), sourceSchema)
  .describe('`mid` to source, for every media section of the description');

const signalSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('description'),
      description: descriptionSchema,
      sources: sourcesByMidSchema,
    }),
    z.strictObject({
      type: z.literal('candidate'),
      candidate: candidateSchema.nullable().describe('null: no more'),
    }),
  ])
  .describe('A session description or an ICE candidate of one link (RFC 8829, RFC 8838)');
/** One step of a mesh link's negotiation. */
export type LinkSignal = z.infer<typeof signalSchema>;

export const linkSignalSchema = z.strictObject({
  to: participantIdSchema,
  epoch: epochSchema,
  signal: signalSchema,
});

export const linkSignaledSchema = z.strictObject({
  from: participantIdSchema,
  epoch: epochSchema,
  signal: signalSchema,
});

export const linkReportSchema = z.strictObject({
  epoch: epochSchema,
  cpuLimited: z.boolean().describe('The processor does not keep up with encoding the copies'),
  uplinkLimited: z.boolean().describe('The pictures are cut because the uplink has no room for all copies'),
  lossy: z.boolean().describe('Every link loses so much of what is sent that congestion control gives way'),
  relayed: z.boolean().describe('A link goes through a relay (TURN)'),
});
/** What it costs a participant to send a copy to each of the others. */
export type LinkConditions = Omit<z.infer<typeof linkReportSchema>, 'epoch'>;
