import { useState, type FormEvent, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { CallError, type Call, type CallSnapshot } from '#client';
import { printableChatText } from '#protocol';
import { useLanguageChoice } from '../i18n/language-provider.tsx';
import { SendIcon } from '../icons/conversation-icons.tsx';
import type { Panels } from '../panels/panels.ts';
import { useStore } from '../store.ts';
import { wordsForLength, wordsForRefusal } from './composer-problem.ts';
import { RecipientSelect } from './recipient-select.tsx';
import './composer.css';

export interface ComposerProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly call: Call;
  readonly participants: CallSnapshot['participants'];
  readonly panels: Panels;
}

/** Where a message is written. What could not be sent stays there. */
export function Composer({ ref, call, participants, panels }: ComposerProps): ReactNode {
  const { language, texts: allTexts } = useLanguageChoice();
  const { conversation: texts } = allTexts;
  const draft = useStore(panels.draft);
  const recipient = useStore(panels.recipient);
  const [refusal, setRefusal] = useState<string | null>(null);
  // What nobody sees cannot be taken out by hand.
  const text = printableChatText(draft);
  const isGone = recipient !== null && !participants.some(({ id }) => id === recipient.id);
  const problem =
    wordsForLength(text, language, texts) ??
    (isGone ? texts.problems.recipientGone(recipient.displayName) : refusal);
  const isStuck = isGone || wordsForLength(text, language, texts) !== null;

  const send = async (): Promise<void> => {
    panels.draft.set('');
    setRefusal(null);
    try {
      await call.chat.send(text, recipient === null ? {} : { to: recipient.id });
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      const since = panels.draft.get();
      panels.draft.set(since === '' ? text : `${text}\n${since}`);
      setRefusal(wordsForRefusal(error, recipient?.displayName ?? null, texts));
    }
  };
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (text !== '' && !isStuck) void send();
  };
  const sendByKey = (event: KeyboardEvent): void => {
    // While Hangul or Kana are composed, Enter ends that; so does the one that Safari sends afterwards, with the code 229.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || isComposing) return;
    event.preventDefault();
    submit();
  };

  return (
    <form className="composer" onSubmit={submit} data-private={recipient === null ? undefined : ''}>
      <RecipientSelect panels={panels} participants={participants} />
      <p id="composer-problem" className="composer-problem" role="status">
        {problem}
      </p>
      <div className="composer-row">
        <textarea
          ref={ref}
          className="field-input composer-text"
          rows={1}
          value={draft}
          aria-label={texts.message}
          aria-describedby="composer-problem"
          aria-invalid={isStuck}
          placeholder={
            recipient === null ? texts.messagePlaceholder : texts.privatePlaceholder(recipient.displayName)
          }
          enterKeyHint="send"
          dir="auto"
          onChange={({ target }) => {
            panels.draft.set(target.value);
            setRefusal(null);
          }}
          onKeyDown={sendByKey}
        />
        <button type="submit" className="composer-send" aria-label={texts.send} title={texts.send}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}
