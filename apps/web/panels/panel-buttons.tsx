import type { ReactNode } from 'react';
import { shortCount, unreadCount } from '../chat/unread.ts';
import { useTexts } from '../i18n/language-provider.tsx';
import { ChatIcon } from '../icons/conversation-icons.tsx';
import { PeopleIcon } from '../icons/icons.tsx';
import { HandButton } from '../reactions/hand-button.tsx';
import { ReactionPicker } from '../reactions/reaction-picker.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useCallSnapshot } from '../room/use-call-snapshot.ts';
import { useStore } from '../store.ts';
import { PanelButton } from './panel-button.tsx';
import './panel-buttons.css';

/** Hand, reactions, people and chat, among the call's controls. */
export function PanelButtons({ session }: { readonly session: RoomSession }): ReactNode {
  const { conversation: texts } = useTexts();
  const { panels } = session;
  const { chat } = useCallSnapshot(useStore(session.call));
  const unread = unreadCount(chat.messages, useStore(panels.seenUntil));
  const count = shortCount(unread);
  return (
    <>
      <HandButton session={session} />
      <ReactionPicker session={session} />
      <PanelButton panels={panels} panel="people" label={texts.people}>
        <PeopleIcon />
      </PanelButton>
      <PanelButton
        panels={panels}
        panel="chat"
        label={unread === 0 ? texts.chat : `${texts.chat}, ${texts.unreadMessages(count)}`}
      >
        <ChatIcon />
        {unread === 0 ? null : (
          <span className="panel-badge" aria-hidden="true">
            {count}
          </span>
        )}
      </PanelButton>
    </>
  );
}
