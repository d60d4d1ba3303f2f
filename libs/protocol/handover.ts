import { z } from 'zod';
import { epochSchema, participantIdSchema } from './ids.ts';
import { displayNameSchema } from './text.ts';
import { abortReasonSchema, pathProofSchema, topologyReasonSchema, topologySchema } from './topology.ts';

const milliseconds = z.number().min(0).max(600_000);

export const pathMeasureSchema = z.strictObject({
  participantId: participantIdSchema.describe('Whose media it is'),
  proof: pathProofSchema.nullable().describe('Why the path counted as proven; null: it was not switched to'),
  longestFrameIntervalMs: milliseconds
    .nullable()
    .describe(
      'Longest time between presented frames from 1 s before prepare to 2 s after the end; null: no video',
    ),
  steadyFrameIntervalMs: milliseconds.nullable().describe('The same in the 5 s before that'),
  frozenMs: milliseconds.describe(
    'Time that the picture stood still (W3C webrtc-stats, totalFreezesDuration)',
  ),
  concealedAudioMs: milliseconds.describe('Audio that was made up because it had not come in time'),
  steadyConcealedAudioMs: milliseconds.describe('The same in as long a time before'),
});
/** What one receiver saw of one sender during a handover. */
export type PathMeasure = z.infer<typeof pathMeasureSchema>;

export const handoverReportSchema = z.strictObject({
  epoch: epochSchema,
  paths: z.array(pathMeasureSchema).max(1000),
});
/** What one receiver saw of everybody during a handover. */
export type HandoverReport = z.infer<typeof handoverReportSchema>;

export const handoverRecordSchema = z.strictObject({
  epoch: epochSchema,
  from: topologySchema,
  to: topologySchema,
  reason: topologyReasonSchema,
  startedAt: z.int().describe('Milliseconds since 1970'),
  durationMs: z.int().min(0).describe('From prepare to settled or aborted'),
  outcome: z.enum(['settled', 'aborted']),
  abortReason: abortReasonSchema.nullable(),
  message: z.string().describe('Who and what was missing, for people; empty if nothing was'),
  reports: z.array(
    z.strictObject({
      participantId: participantIdSchema.describe('The receiver'),
      displayName: displayNameSchema,
      paths: z.array(pathMeasureSchema),
    }),
  ),
});
/** One handover in the room's timeline. */
export type HandoverRecord = z.infer<typeof handoverRecordSchema>;
