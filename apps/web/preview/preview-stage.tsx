import type { ReactNode } from 'react';
import { DeviceToggle } from '../devices/device-toggle.tsx';
import { MicLevel } from '../devices/mic-level.tsx';
import { OwnVideo } from '../devices/own-video.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { CameraOffIcon } from '../icons/icons.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useStore } from '../store.ts';

/** How the others will see and hear one. */
export function PreviewStage({ session }: { readonly session: RoomSession }): ReactNode {
  const texts = useTexts();
  const camera = useStore(session.camera.state);
  const mic = useStore(session.mic.state);
  const isAsking = camera.status === 'asking' || mic.status === 'asking';
  return (
    <section className="preview-stage">
      <OwnVideo track={camera.status === 'on' ? camera.track : null} label={texts.ownPreview} />
      {camera.status === 'on' ? null : (
        <p className="preview-words">
          {isAsking ? null : <CameraOffIcon />}
          {isAsking ? texts.previewAsking : texts.previewCameraOff}
        </p>
      )}
      <div className="preview-level">{mic.status === 'on' ? <MicLevel track={mic.track} /> : null}</div>
      <div className="preview-toggles">
        <DeviceToggle device={session.mic} />
        <DeviceToggle device={session.camera} />
      </div>
    </section>
  );
}
