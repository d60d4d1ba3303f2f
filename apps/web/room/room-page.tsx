import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { EndedPage } from '../ended/ended-page.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import type { PageQuery } from '../page/page-query.ts';
import { PreviewPage } from '../preview/preview-page.tsx';
import { recall } from '../remembered.ts';
import { useStore } from '../store.ts';
import { RoomSession } from './room-session.ts';
import { useCallSnapshot } from './use-call-snapshot.ts';
import { WaitingPage } from './waiting-page.tsx';

// Apart from the preview, which is all that many look at, and which has to be there at once.
const importCallPage = async () => ({ default: (await import('../call/call-page.tsx')).CallPage });
const CallPage = lazy(importCallPage);

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
  useEffect(() => {
    // Meanwhile the browser may be asking about the devices. Whatever fails here is tried again when the page is needed.
    if (wantsIn) importCallPage().catch(() => undefined);
  }, [wantsIn]);

  switch (snapshot.state) {
    case 'new':
      return wantsIn ? (
        <WaitingPage room={room} words={texts.waitingForDevices} />
      ) : (
        <PreviewPage session={session} suggestedName={suggestedName} />
      );
    case 'joining':
    case 'joined':
    case 'reconnecting':
      return (
        <Suspense fallback={<WaitingPage room={room} words={texts.joining} />}>
          <CallPage session={session} snapshot={snapshot} />
        </Suspense>
      );
    case 'left':
    case 'failed':
      return <EndedPage session={session} snapshot={snapshot} />;
  }
}
