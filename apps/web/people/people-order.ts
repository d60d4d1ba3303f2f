import type { CallSnapshot, RemoteParticipantView } from '#client';
import type { ParticipantId, Role, Source, SourceState } from '#protocol';

/** One row of the list, whether of oneself or of one of the others. */
export interface Person {
  /** Null for oneself before the server has said who one is. */
  readonly id: ParticipantId | null;
  readonly displayName: string;
  readonly role: Role | null;
  readonly isSelf: boolean;
  readonly micIsOn: boolean;
  readonly cameraIsOn: boolean;
  /** Which turn a raised hand has, from 1; null while it is down. */
  readonly handPlace: number | null;
}

type Other = Pick<RemoteParticipantView, 'id' | 'displayName' | 'role' | 'sources' | 'handSeq'>;

interface Told extends Pick<CallSnapshot, 'local'> {
  readonly participants: readonly Other[];
}

/** Raised hands first, in their order; then oneself, then the others in the order they joined. */
export function peopleInOrder({ local, participants }: Told): Person[] {
  const everyone = [
    { ...local, isSelf: true },
    ...participants.map((participant) => ({ ...participant, isSelf: false })),
  ];
  const hands = everyone
    .flatMap(({ handSeq }) => (handSeq === null ? [] : [handSeq]))
    .toSorted((one, other) => one - other);
  const people = everyone.map(({ id, displayName, role, isSelf, sources, handSeq }) => ({
    id,
    displayName,
    role,
    isSelf,
    micIsOn: isOn(sources, 'mic'),
    cameraIsOn: isOn(sources, 'camera'),
    handPlace: handSeq === null ? null : hands.indexOf(handSeq) + 1,
  }));
  return people.toSorted((one, other) => (one.handPlace ?? Infinity) - (other.handPlace ?? Infinity) || 0);
}

const isOn = (sources: readonly SourceState[], source: Source): boolean =>
  sources.some((one) => one.source === source && !one.muted);

/** Names are not unique: of several people with one name the later ones get a number. */
export function distinctNames(
  participants: readonly { readonly id: ParticipantId; readonly displayName: string }[],
): Map<ParticipantId, string> {
  const counts = new Map<string, number>();
  return new Map(
    participants.map(({ id, displayName }) => {
      const count = (counts.get(displayName) ?? 0) + 1;
      counts.set(displayName, count);
      return [id, count === 1 ? displayName : `${displayName} (${count})`];
    }),
  );
}
