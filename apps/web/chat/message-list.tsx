import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { ChatSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { MessageEntry } from './message-entry.tsx';
import { beginsGroup } from './message-groups.ts';
import './message-list.css';

/** Whoever is so close to the end wants to see it. CSS pixels. */
const NEAR_PX = 48;

export interface MessageListProps {
  readonly chat: ChatSnapshot;
  /** The last message is in sight. */
  readonly onSeen: (sentAt: number) => void;
}

/** What was written. It follows what is new, unless somebody has scrolled back to read. */
export function MessageList({ chat, onSeen }: MessageListProps): ReactNode {
  const { conversation: texts } = useTexts();
  const { messages, past } = chat;
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const last = messages.at(-1);
  const lastSentAt = last?.sentAt;

  const toEnd = useCallback((): void => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);
  const lastIsMine = last?.mine === true;
  useLayoutEffect(() => {
    if (isAtEnd || lastIsMine) toEnd();
    // oxlint-disable-next-line react/exhaustive-deps -- whoever scrolls by hand is not scrolled: only what is new does
  }, [messages, toEnd]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    // The composer grows, a keyboard comes up: the end stays the end.
    const observer = new ResizeObserver(() => {
      if (isAtEnd) toEnd();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [isAtEnd, toEnd]);

  useEffect(() => {
    const see = (): void => {
      if (isAtEnd && lastSentAt !== undefined && document.visibilityState === 'visible') onSeen(lastSentAt);
    };
    see();
    document.addEventListener('visibilitychange', see);
    return () => document.removeEventListener('visibilitychange', see);
  }, [isAtEnd, lastSentAt, onSeen]);

  return (
    <div className="messages-place">
      <div
        ref={box}
        className="messages-box"
        role="log"
        aria-label={texts.messages}
        // What scrolls has to be reached by keyboard.
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_PX)
        }
      >
        {past === 'unknown' ? <p className="messages-note">{texts.pastUnknown}</p> : null}
        {past === 'known' && messages.length === 0 ? (
          <p className="messages-note">{texts.noMessages}</p>
        ) : null}
        <ol className="messages">
          {messages.map((message, index) => (
            <MessageEntry
              key={message.id}
              message={message}
              isHeaded={beginsGroup(messages[index - 1], message)}
            />
          ))}
        </ol>
      </div>
      {isAtEnd ? null : (
        <button type="button" className="button button-small messages-new" onClick={toEnd}>
          {texts.newMessages}
        </button>
      )}
    </div>
  );
}
