import { memo, type ReactNode } from 'react';
import type { ChatMessageView } from '#client';
import { useLanguageChoice } from '../i18n/language-provider.tsx';
import { LockIcon } from '../icons/conversation-icons.tsx';
import { MessageText } from './message-text.tsx';

export interface MessageEntryProps {
  readonly message: ChatMessageView;
  /** Otherwise it belongs to the one before, and is headed for screen readers alone. */
  readonly isHeaded: boolean;
}

/** A message never changes, and there may be a thousand of them. */
export const MessageEntry = memo(function MessageEntry({ message, isHeaded }: MessageEntryProps): ReactNode {
  const { language, texts } = useLanguageChoice();
  const { from, to, text, sentAt, mine } = message;
  const sent = new Date(sentAt);
  return (
    <li
      className="message"
      data-mine={mine ? '' : undefined}
      data-private={to === null ? undefined : ''}
      data-headed={isHeaded ? '' : undefined}
    >
      <p className={isHeaded ? 'message-head' : 'visually-hidden'}>
        <span className="message-from">{mine ? texts.you : from.displayName}</span>{' '}
        {to === null ? null : (
          <span className="message-private">
            <LockIcon />
            {mine ? texts.conversation.privateTo(to.displayName) : texts.conversation.privateToYou}
          </span>
        )}{' '}
        <time className="message-time" dateTime={sent.toISOString()}>
          {sent.toLocaleTimeString(language, { hour: 'numeric', minute: '2-digit' })}
        </time>
      </p>
      <MessageText text={text} />
    </li>
  );
});
