import { useCallback, useRef, useState, type ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { DetailsPanel } from '../handovers/details-panel.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { Spinner } from '../icons/spinner.tsx';
import { roomLink } from '../page/room-url.ts';
import { SidePanel } from '../panels/side-panel.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useStore } from '../store.ts';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import { Announcements } from './announcements.tsx';
import { CallHeader } from './call-header.tsx';
import { CallNotices } from './call-notices.tsx';
import { Controls } from './controls.tsx';
import { Invitation } from './invitation.tsx';
import { OwnTile } from './own-tile.tsx';
import { Playback } from './playback.ts';
import { RemoteTile } from './remote-tile.tsx';
import { TileGrid, type Cell } from './tile-grid.tsx';
import './call-page.css';

export interface CallPageProps {
  readonly session: RoomSession;
  readonly snapshot: CallSnapshot;
}

/** The call: everyone's tile, and the few things one can do. */
export function CallPage({ session, snapshot }: CallPageProps): ReactNode {
  const texts = useTexts();
  const call = useStore(session.call);
  const [playback] = useState(() => new Playback());
  const start = useFocusOnArrival<HTMLElement>();
  const badge = useRef<HTMLButtonElement>(null);
  const [detailsAreOpen, setDetailsAreOpen] = useState(false);
  const closeDetails = useCallback(() => {
    setDetailsAreOpen(false);
    badge.current?.focus();
  }, []);
  const { state, participants, local } = snapshot;
  const link = roomLink(session.room, window.location.origin);
  const cells: Cell[] = participants.map((participant) => ({
    key: participant.id,
    content: <RemoteTile call={call} participant={participant} playback={playback} />,
  }));
  cells.push({ key: 'own', content: <OwnTile session={session} name={local.displayName} /> });
  if (state === 'joined' && participants.length === 0) {
    cells.push({ key: 'invitation', content: <Invitation link={link} /> });
  }
  return (
    <div className="call">
      <CallHeader
        snapshot={snapshot}
        badge={badge}
        detailsAreOpen={detailsAreOpen}
        onToggleDetails={() => setDetailsAreOpen(!detailsAreOpen)}
      />
      <main ref={start} className="call-stage" tabIndex={-1} aria-label={texts.participantsIn(session.room)}>
        <TileGrid cells={cells} />
        <CallNotices session={session} snapshot={snapshot} playback={playback} />
        {state === 'joining' ? (
          <p className="call-joining">
            <Spinner />
            {texts.joining}
          </p>
        ) : null}
      </main>
      <Controls session={session} link={link} />
      {detailsAreOpen ? <DetailsPanel call={call} snapshot={snapshot} onClose={closeDetails} /> : null}
      <SidePanel
        session={session}
        snapshot={snapshot}
        detailsAreOpen={detailsAreOpen}
        setDetailsAreOpen={setDetailsAreOpen}
      />
      <Announcements snapshot={snapshot} />
    </div>
  );
}
