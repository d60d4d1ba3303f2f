import type { CallSnapshot, RemoteParticipantView } from '#client';
import type { Texts } from '../i18n/english.ts';
import { sharesScreen } from './sharing.ts';

type Person = Pick<RemoteParticipantView, 'id' | 'displayName' | 'sources'>;

interface Told extends Pick<CallSnapshot, 'state' | 'topology'> {
  readonly participants: readonly Person[];
}

/** What somebody who does not see the page is told of a change; null if nothing. */
export function announcement(before: Told, now: Told, texts: Texts): string | null {
  const words = [];
  if (now.state === 'joining' && before.state !== 'joining') words.push(texts.joining);
  if (now.state === 'reconnecting' && before.state !== 'reconnecting') words.push(texts.reconnecting);
  if (before.state === 'joined' && now.state === 'joined') {
    words.push(
      ...missingFrom(before, now).map(({ displayName }) => texts.someoneJoined(displayName)),
      ...missingFrom(now, before).map(({ displayName }) => texts.someoneLeft(displayName)),
      ...sharing(now, before).map(({ displayName }) => texts.someoneShares(displayName)),
      ...sharing(before, now).map(({ displayName }) => texts.someoneStoppedSharing(displayName)),
    );
  }
  if (now.topology !== null && before.topology !== null && now.topology !== before.topology) {
    words.push(texts.topologyChanged[now.topology]);
  }
  return words.length === 0 ? null : words.join('. ');
}

/** Who is in one snapshot and not in the other. */
function missingFrom(there: Told, here: Told): readonly Person[] {
  const known = new Set(there.participants.map(({ id }) => id));
  return here.participants.filter(({ id }) => !known.has(id));
}

/** Who shares a screen in one snapshot, is there in both and does not share in the other. */
function sharing(one: Told, other: Told): readonly Person[] {
  return one.participants.filter(
    (participant) =>
      sharesScreen(participant) &&
      other.participants.some(({ id, sources }) => id === participant.id && !sharesScreen({ sources })),
  );
}
