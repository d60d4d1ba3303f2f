import type { RemoteParticipantView } from '#client';
import type { ParticipantId } from '#protocol';

type Sharer = Pick<RemoteParticipantView, 'id' | 'sources'>;

export const sharesScreen = ({ sources }: Pick<Sharer, 'sources'>): boolean =>
  sources.some(({ source, muted }) => source === 'screen' && !muted);

/** Who shares a screen now, in the order in which they began; the same array as before if nothing changed. */
export function followSharing(
  before: readonly ParticipantId[],
  participants: readonly Sharer[],
): readonly ParticipantId[] {
  const now = participants.filter(sharesScreen).map(({ id }) => id);
  const going = before.filter((id) => now.includes(id));
  const begun = now.filter((id) => !before.includes(id));
  return begun.length === 0 && going.length === before.length ? before : [...going, ...begun];
}
