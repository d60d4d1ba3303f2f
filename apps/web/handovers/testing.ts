import { epochSchema, participantIdSchema, type HandoverRecord, type PathMeasure } from '#protocol';

export const ADA = participantIdSchema.parse('p_ada');
export const ALAN = participantIdSchema.parse('p_alan');
export const GRACE = participantIdSchema.parse('p_grace');

export function measureOf(more: Partial<PathMeasure> = {}): PathMeasure {
  return {
    participantId: ADA,
    proof: 'parity',
    longestFrameIntervalMs: 87,
    steadyFrameIntervalMs: 101,
    frozenMs: 0,
    concealedAudioMs: 0,
    steadyConcealedAudioMs: 0,
    ...more,
  };
}

export function recordOf({
  epoch = 2,
  ...more
}: Partial<Omit<HandoverRecord, 'epoch'>> & { epoch?: number } = {}): HandoverRecord {
  return {
    from: 'mesh',
    to: 'sfu',
    reason: 'exceeds-mesh',
    startedAt: 1000 * epoch,
    durationMs: 840,
    outcome: 'settled',
    abortReason: null,
    message: '',
    reports: [],
    ...more,
    epoch: epochSchema.parse(epoch),
  };
}
