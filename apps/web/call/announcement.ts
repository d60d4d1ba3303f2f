import type { CallSnapshot } from '#client';
import type { Texts } from '../i18n/english.ts';

type Told = Pick<CallSnapshot, 'state' | 'participants' | 'topology'>;

/** What somebody who does not see the page is told of a change; null if nothing. */
export function announcement(before: Told, now: Told, texts: Texts): string | null {
  const words = [];
  if (now.state === 'joining' && before.state !== 'joining') words.push(texts.joining);
  if (now.state === 'reconnecting' && before.state !== 'reconnecting') words.push(texts.reconnecting);
  if (before.state === 'joined' && now.state === 'joined') {
    words.push(
      ...missingFrom(before, now).map(({ displayName }) => texts.someoneJoined(displayName)),
      ...missingFrom(now, before).map(({ displayName }) => texts.someoneLeft(displayName)),
    );
  }
  if (now.topology !== null && before.topology !== null && now.topology !== before.topology) {
    words.push(texts.topologyChanged[now.topology]);
  }
  return words.length === 0 ? null : words.join('. ');
}

/** Who is in one snapshot and not in the other. */
function missingFrom(there: Told, here: Told): CallSnapshot['participants'] {
  const known = new Set(there.participants.map(({ id }) => id));
  return here.participants.filter(({ id }) => !known.has(id));
}
