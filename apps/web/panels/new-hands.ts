import type { CallSnapshot } from '#client';

type Told = Pick<CallSnapshot, 'participants'>;

/** The names of those of the others who have raised a hand since, in their order. */
export function newHands(before: Told, now: Told): string[] {
  const wasUp = new Set(before.participants.filter(({ handSeq }) => handSeq !== null).map(({ id }) => id));
  return now.participants
    .filter(({ id, handSeq }) => handSeq !== null && !wasUp.has(id))
    .toSorted((one, other) => (one.handSeq ?? 0) - (other.handSeq ?? 0))
    .map(({ displayName }) => displayName);
}
