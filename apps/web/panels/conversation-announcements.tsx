import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Call, CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { newHands } from './new-hands.ts';

/** A screen reader has read what is older, or never will. */
const KEPT = 5;
const MAX_CHARACTERS = 200;

export interface ConversationAnnouncementsProps {
  readonly call: Call;
  readonly snapshot: CallSnapshot;
  /** Then the list of messages announces what is new in it. */
  readonly chatIsOpen: boolean;
}

interface Announcement {
  readonly key: number;
  readonly words: string;
}

/** Tells a screen reader what others write, who raises a hand, and who reacts how. */
export function ConversationAnnouncements({
  call,
  snapshot,
  chatIsOpen,
}: ConversationAnnouncementsProps): ReactNode {
  const { conversation: texts } = useTexts();
  const [said, setSaid] = useState<readonly Announcement[]>([]);
  const next = useRef(0);
  const say = useCallback((words: string): void => {
    next.current += 1;
    const key = next.current;
    setSaid((before) => [...before, { key, words }].slice(-KEPT));
  }, []);

  useEffect(() => {
    if (chatIsOpen) return undefined;
    return call.on('message', ({ from, to, text }) => {
      const start = [...text].slice(0, MAX_CHARACTERS).join('');
      say((to === null ? texts.saidToAll : texts.saidToYou)(from.displayName, start));
    });
  }, [call, chatIsOpen, say, texts]);

  useEffect(
    () =>
      call.on('reaction', ({ participantId, reaction }) => {
        const other = call.snapshot.participants.find(({ id }) => id === participantId);
        if (other !== undefined) say(texts.reacted(other.displayName, texts.reaction[reaction]));
      }),
    [call, say, texts],
  );

  const before = useRef(snapshot);
  useEffect(() => {
    for (const name of newHands(before.current, snapshot)) say(texts.someoneRaisedHand(name));
    before.current = snapshot;
  }, [snapshot, say, texts]);

  return (
    <div className="visually-hidden" role="status" aria-atomic="false">
      {said.map(({ key, words }) => (
        <p key={key}>{words}</p>
      ))}
    </div>
  );
}
