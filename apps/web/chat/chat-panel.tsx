import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import type { Call, CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { PanelFrame } from '../panels/panel-frame.tsx';
import type { Panels } from '../panels/panels.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

export interface ChatPanelProps {
  readonly call: Call;
  readonly snapshot: CallSnapshot;
  readonly panels: Panels;
}

/** What is written in the room. */
export function ChatPanel({ call, snapshot, panels }: ChatPanelProps): ReactNode {
  const { conversation: texts } = useTexts();
  const frame = useRef<HTMLElement>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // Where a keyboard would come up on the glass, it waits until somebody wants to write.
    const hasKeyboard = window.matchMedia('(pointer: fine)').matches;
    (hasKeyboard ? composer.current : frame.current)?.focus({ preventScroll: true });
  }, []);
  const markSeen = useCallback(
    (sentAt: number): void => panels.seenUntil.set(Math.max(sentAt, panels.seenUntil.get())),
    [panels],
  );
  return (
    <PanelFrame ref={frame} panel="chat" panels={panels} name={texts.chat}>
      <MessageList chat={snapshot.chat} onSeen={markSeen} />
      <Composer ref={composer} call={call} participants={snapshot.participants} panels={panels} />
    </PanelFrame>
  );
}
