import type { ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { DeviceNotices } from '../devices/device-notices.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { AlertIcon, CloseIcon, SoundIcon } from '../icons/icons.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useStore } from '../store.ts';
import type { Playback } from './playback.ts';
import './call-notices.css';

export interface CallNoticesProps {
  readonly session: RoomSession;
  readonly snapshot: CallSnapshot;
  readonly playback: Playback;
}

/** What needs to be known or done now, above the tiles. */
export function CallNotices({ session, snapshot, playback }: CallNoticesProps): ReactNode {
  const texts = useTexts();
  const isSilenced = useStore(playback.isSilenced);
  const refusal = useStore(session.refusal);
  return (
    <div className="call-notices">
      {snapshot.state === 'reconnecting' ? <p className="call-pill">{texts.reconnecting}</p> : null}
      {isSilenced ? (
        <button type="button" className="button" data-testid="hear" onClick={() => playback.hear()}>
          <SoundIcon />
          {texts.hear}
        </button>
      ) : null}
      {refusal === null ? null : (
        <div className="device-notice" role="status">
          <AlertIcon />
          <p>{texts.callNotice(refusal.message)}</p>
          <button
            type="button"
            className="device-notice-close"
            aria-label={texts.dismiss}
            onClick={() => session.refusal.set(null)}
          >
            <CloseIcon />
          </button>
        </div>
      )}
      <DeviceNotices camera={session.camera} mic={session.mic} dismissible />
    </div>
  );
}
