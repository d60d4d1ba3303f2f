import { useCallback, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { ScreenShare } from '../devices/screen-share.ts';
import { DetailsPanel } from '../handovers/details-panel.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { Spinner } from '../icons/spinner.tsx';
import { roomLink } from '../page/room-url.ts';
import { SidePanel } from '../panels/side-panel.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useStore } from '../store.ts';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import { Announcements } from './announcements.tsx';
import { CallBoard } from './call-board.tsx';
import { CallHeader } from './call-header.tsx';
import { CallNotices } from './call-notices.tsx';
import { Controls } from './controls.tsx';
import { canShowPictureInPicture, togglePictureInPicture } from './picture-in-picture.ts';
import { Playback } from './playback.ts';
import { toggleScreen } from './screen-toggle.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { Sounds } from './sounds.tsx';
import { useFullScreen } from './use-full-screen.ts';
import { usePushToTalk } from './use-push-to-talk.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useStage } from './use-stage.ts';
import './call-page.css';

export interface CallPageProps {
  readonly session: RoomSession;
  readonly snapshot: CallSnapshot;
}

/** The call: everyone's tile, and what one can do. */
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
  const [shortcutsAreOpen, setShortcutsAreOpen] = useState(false);
  const [lacksPicture, setLacksPicture] = useState(false);
  const stage = useStage(snapshot);
  const fullScreen = useFullScreen();
  const isTalking = usePushToTalk(session.mic);
  const { state, participants, local } = snapshot;
  const link = roomLink(session.room, window.location.origin);

  const showPicture = (): void => {
    const element = start.current;
    if (element !== null) void togglePictureInPicture(element).then((shown) => setLacksPicture(!shown));
  };
  const openShortcuts = (): void => setShortcutsAreOpen(true);
  const actions = {
    view: stage.view,
    fullScreen,
    toggleView: stage.toggleView,
    togglePictureInPicture: showPicture,
    openShortcuts,
  };
  useShortcuts({
    mic: () => session.mic.toggle(),
    camera: () => session.camera.toggle(),
    hand: () => session.setHand(local.handSeq === null),
    chat: () => session.panels.toggle('chat'),
    view: stage.toggleView,
    unpin: () => leaveStage(stage.unpin),
    help: openShortcuts,
    ...(ScreenShare.isPossible ? { screen: () => toggleScreen(session.screen) } : {}),
    ...(fullScreen.isPossible ? { fullScreen: fullScreen.toggle } : {}),
    ...(canShowPictureInPicture() ? { pictureInPicture: showPicture } : {}),
  });

  return (
    <div className="call" onMouseDown={keepFocus}>
      <CallHeader
        snapshot={snapshot}
        badge={badge}
        detailsAreOpen={detailsAreOpen}
        onToggleDetails={() => setDetailsAreOpen(!detailsAreOpen)}
      />
      <main ref={start} className="call-stage" tabIndex={-1} aria-label={texts.participantsIn(session.room)}>
        <CallBoard session={session} call={call} snapshot={snapshot} stage={stage} link={link} />
        <CallNotices
          session={session}
          snapshot={snapshot}
          playback={playback}
          isTalking={isTalking}
          lacksPicture={lacksPicture}
          onPictureDismissed={() => setLacksPicture(false)}
        />
        {state === 'joining' ? (
          <p className="call-joining">
            <Spinner />
            {texts.joining}
          </p>
        ) : null}
      </main>
      <Controls session={session} link={link} actions={actions} />
      {detailsAreOpen ? <DetailsPanel call={call} snapshot={snapshot} onClose={closeDetails} /> : null}
      <SidePanel
        session={session}
        snapshot={snapshot}
        detailsAreOpen={detailsAreOpen}
        setDetailsAreOpen={setDetailsAreOpen}
      />
      {shortcutsAreOpen ? <ShortcutsDialog onClose={() => setShortcutsAreOpen(false)} /> : null}
      <Sounds call={call} participants={participants} playback={playback} speaker={session.speaker} />
      <Announcements snapshot={snapshot} />
    </div>
  );
}

/** Escape closes what is open first. */
function leaveStage(unpin: () => void): void {
  if (document.querySelector('[role="dialog"]') === null) unpin();
}

/** A button that was clicked does not take the focus: the space bar would press it again, and is there to talk. */
function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('button') !== null) event.preventDefault();
}
