import { z } from 'zod';
import { epochSchema } from './ids.ts';
import { sfuSetupSchema } from './media.ts';

export const topologySchema = z.enum(['mesh', 'sfu']);
/** `mesh`: everyone sends to everyone. `sfu`: everyone sends once, the server forwards. */
export type Topology = z.infer<typeof topologySchema>;

export const topologyWishSchema = z
  .enum(['auto', 'mesh', 'sfu'])
  .describe("The room's setting; `auto` lets the server decide");
/** What a room's settings ask for. */
export type TopologyWish = z.infer<typeof topologyWishSchema>;

export const topologyReasonSchema = z
  .enum([
    'fits-mesh',
    'exceeds-mesh',
    'room-setting',
    'relay-only',
    'server-media',
    'mesh-failed',
    'constrained',
    'sfu-unavailable',
  ])
  .describe('Why the server chose the topology');
export type TopologyReason = z.infer<typeof topologyReasonSchema>;

export const abortReasonSchema = z
  .enum(['deadline', 'path-failed', 'superseded', 'media-unavailable'])
  .describe('Why a handover was given up');
export type AbortReason = z.infer<typeof abortReasonSchema>;

export const pathProofSchema = z
  .enum(['parity', 'first-media', 'best-effort', 'connected'])
  .describe(
    'Why a path counts as proven: as good as the live one; there was none; the best there is; it is connected, and nothing is sent',
  );
/** Why a path counts as proven. */
export type PathProof = z.infer<typeof pathProofSchema>;

export const liveTopologySchema = z.strictObject({
  topology: topologySchema,
  epoch: epochSchema,
  reason: topologyReasonSchema,
});
/** The topology that carries the room's media. */
export type LiveTopology = z.infer<typeof liveTopologySchema>;

export const prepareSchema = z.strictObject({
  epoch: epochSchema,
  target: topologySchema,
  reason: topologyReasonSchema,
  deadlineMs: z.int().min(0).describe('After this long without a settled epoch the server gives it up'),
  sfu: sfuSetupSchema.nullable().describe("The participant's transports, where the target is `sfu`"),
});
/** The order to build a second media plane beside the one that is live. */
export type Prepare = z.infer<typeof prepareSchema>;

export const roomTopologySchema = z.strictObject({
  live: liveTopologySchema,
  sfu: sfuSetupSchema.nullable().describe("The participant's transports, where the live topology is `sfu`"),
  handover: prepareSchema.nullable().describe('The handover under way, if there is one'),
  epochs: z
    .array(epochSchema)
    .describe('The epochs whose planes you take part in: of the live one, of the handover, or both'),
});
/** All that a joiner needs to send and receive media. */
export type RoomTopology = z.infer<typeof roomTopologySchema>;
