import type { CallSnapshot } from '#client';
import type { ParticipantId } from '#protocol';

/** Whom the speaker view follows. Until the call tells who speaks, that is whoever has been here the longest. */
export function speakerIn({ participants }: Pick<CallSnapshot, 'participants'>): ParticipantId | null {
  return participants[0]?.id ?? null;
}
