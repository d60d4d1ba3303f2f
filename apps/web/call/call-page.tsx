import { useState, type ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { Spinner } from '../icons/spinner.tsx';
import { roomLink } from '../page/room-url.ts';
import type { RoomSession } from '../room/room-session.ts';
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
  const [playback] = useState(() => new Playback());
  const start = useFocusOnArrival<HTMLElement>();
  const { state, participants, local } = snapshot;
  const link = roomLink(session.room, window.location.origin);
  const cells: Cell[] = participants.map((participant) => ({
    key: participant.id,
    content: <RemoteTile participant={participant} playback={playback} />,
  }));
  cells.push({ key: 'own', content: <OwnTile session={session} name={local.displayName} /> });
  if (state === 'joined' && participants.length === 0) {
    cells.push({ key: 'invitation', content: <Invitation link={link} /> });
  }
  return (
    <div className="call">
      <CallHeader snapshot={snapshot} />
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
      <Announcements snapshot={snapshot} />
    </div>
  );
}
