import type { ReactNode } from 'react';
import { DeviceToggle } from '../devices/device-toggle.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { LeaveIcon } from '../icons/icons.tsx';
import { PanelButtons } from '../panels/panel-buttons.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { ShareButton } from './share-button.tsx';
import '../styles/controls.css';
import './controls.css';

export interface ControlsProps {
  readonly session: RoomSession;
  readonly link: string;
}

export function Controls({ session, link }: ControlsProps): ReactNode {
  const texts = useTexts();
  return (
    <div className="controls" role="group" aria-label={texts.controls}>
      <DeviceToggle device={session.mic} />
      <DeviceToggle device={session.camera} />
      <PanelButtons session={session} />
      <ShareButton link={link} />
      <button type="button" className="leave-button" data-testid="leave" onClick={() => session.leave()}>
        <LeaveIcon />
        {texts.leave}
      </button>
    </div>
  );
}
