import { useEffect, useState, type ReactNode } from 'react';
import { CallPage } from '../call/call-page.tsx';
import { EndedPage } from '../ended/ended-page.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import type { PageQuery } from '../page/page-query.ts';
import { PreviewPage } from '../preview/preview-page.tsx';
import { recall } from '../remembered.ts';
import { useStore } from '../store.ts';
import { RoomSession } from './room-session.ts';
import { useCallSnapshot } from './use-call-snapshot.ts';
import { WaitingPage } from './waiting-page.tsx';

export interface RoomPageProps {
  readonly room: string;
  readonly query: PageQuery;
}

/** A room, from the look into one's own camera to the farewell. */
export function RoomPage({ room, query }: RoomPageProps): ReactNode {
  const texts = useTexts();
  const [suggestedName] = useState(() => query.displayName ?? recall('display-name') ?? '');
  const [session] = useState(
    () => new RoomSession({ room, query, displayName: suggestedName === '' ? texts.guest : suggestedName }),
  );
  useEffect(() => session.start(), [session]);
  useEffect(() => {
    document.title = `${room} · Switchyard`;
  }, [room]);
  const snapshot = useCallSnapshot(useStore(session.call));
  const wantsIn = useStore(session.wantsIn);

  switch (snapshot.state) {
    case 'new':
      return wantsIn ? (
        <WaitingPage room={room} />
      ) : (
        <PreviewPage session={session} suggestedName={suggestedName} />
      );
    case 'joining':
    case 'joined':
    case 'reconnecting':
      return <CallPage session={session} snapshot={snapshot} />;
    case 'left':
    case 'failed':
      return <EndedPage session={session} snapshot={snapshot} />;
  }
}
