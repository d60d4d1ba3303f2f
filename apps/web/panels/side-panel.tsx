import { useLayoutEffect, type ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { ChatPanel } from '../chat/chat-panel.tsx';
import { PeoplePanel } from '../people/people-panel.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useStore } from '../store.ts';
import { ConversationAnnouncements } from './conversation-announcements.tsx';

export interface SidePanelProps {
  readonly session: RoomSession;
  readonly snapshot: CallSnapshot;
  /** There is one place beside the call: whichever opens later has it. */
  readonly detailsAreOpen: boolean;
  readonly setDetailsAreOpen: (areOpen: boolean) => void;
}

/** Chat or people, whichever is open; and the news of both for who does not see them. */
export function SidePanel({
  session,
  snapshot,
  detailsAreOpen,
  setDetailsAreOpen,
}: SidePanelProps): ReactNode {
  const { panels } = session;
  const call = useStore(session.call);
  const open = useStore(panels.open);
  // Before anything is painted: nobody sees both.
  useLayoutEffect(() => {
    if (detailsAreOpen) panels.open.set(null);
  }, [panels, detailsAreOpen]);
  useLayoutEffect(() => {
    if (open !== null) setDetailsAreOpen(false);
  }, [open, setDetailsAreOpen]);
  return (
    <>
      {open === 'chat' ? <ChatPanel call={call} snapshot={snapshot} panels={panels} /> : null}
      {open === 'people' ? <PeoplePanel call={call} snapshot={snapshot} panels={panels} /> : null}
      <ConversationAnnouncements call={call} snapshot={snapshot} chatIsOpen={open === 'chat'} />
    </>
  );
}
