import { useState, type ReactNode } from 'react';
import type { CallError, CallSnapshot } from '#client';
import { DeviceIncidents } from '../devices/device-incidents.tsx';
import { DeviceNotices } from '../devices/device-notices.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { SoundIcon } from '../icons/icons.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { MutedSpeechHint } from '../speaking/muted-speech-hint.tsx';
import { useStore } from '../store.ts';
import { CallNotice } from './call-notice.tsx';
import { mediaProblem } from './media-problem.ts';
import type { Playback } from './playback.ts';
import { ScreenNotices } from './screen-notices.tsx';
import { SleepNotice } from './sleep-notice.tsx';
import './call-notices.css';

export interface CallNoticesProps {
  readonly session: RoomSession;
  readonly snapshot: CallSnapshot;
  readonly playback: Playback;
  /** The key to talk is held. */
  readonly isTalking: boolean;
  /** Somebody wished for a picture in a window of its own, and there is none. */
  readonly lacksPicture: boolean;
  readonly onPictureDismissed: () => void;
}

/** What needs to be known or done now, above the tiles. */
export function CallNotices(props: CallNoticesProps): ReactNode {
  const { session, snapshot, playback, isTalking, lacksPicture, onPictureDismissed } = props;
  const texts = useTexts();
  const isSilenced = useStore(playback.isSilenced);
  const refusal = useStore(session.refusal);
  const speakerWentAway = useStore(session.speaker.wentAway);
  const problem = mediaProblem(snapshot);
  // The error, not the kind of it: whoever is cut off again is told again.
  const [dismissed, setDismissed] = useState<CallError | null>(null);
  return (
    <div className="call-notices">
      {snapshot.state === 'reconnecting' ? <p className="call-pill">{texts.reconnecting}</p> : null}
      {isSilenced ? (
        <button type="button" className="button" data-testid="hear" onClick={() => playback.hear()}>
          <SoundIcon />
          {texts.hear}
        </button>
      ) : null}
      <MutedSpeechHint session={session} />
      {isTalking ? <p className="call-pill">{texts.talkingWhileHeld}</p> : null}
      <ScreenNotices screen={session.screen} />
      {refusal === null ? null : (
        <CallNotice testId="refusal" onDismiss={() => session.refusal.set(null)}>
          {texts.callNotice(refusal.message)}
        </CallNotice>
      )}
      {problem === null || problem === dismissed ? null : (
        <CallNotice testId="media-problem" onDismiss={() => setDismissed(problem)}>
          <strong>{texts.unreachable.problem}</strong> {texts.unreachable.remedy}
        </CallNotice>
      )}
      {lacksPicture ? (
        <CallNotice testId="no-picture" onDismiss={onPictureDismissed}>
          {texts.noPictureToShow}
        </CallNotice>
      ) : null}
      <SleepNotice />
      <DeviceNotices camera={session.camera} mic={session.mic} dismissible />
      <DeviceIncidents device={session.camera} />
      <DeviceIncidents device={session.mic} />
      {speakerWentAway ? (
        <CallNotice testId="speaker-incident" onDismiss={() => session.speaker.wentAway.set(false)}>
          {texts.speakerWentAway}
        </CallNotice>
      ) : null}
    </div>
  );
}
