import type { ReactNode } from 'react';
import { DeviceToggle } from '../devices/device-toggle.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { LeaveIcon } from '../icons/icons.tsx';
import { PanelButtons } from '../panels/panel-buttons.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { MoreMenu, type ViewActions } from './more-menu.tsx';
import { ScreenToggle } from './screen-toggle.tsx';
import { ShareButton } from './share-button.tsx';
import '../styles/controls.css';
import './controls.css';

export interface ControlsProps {
  readonly session: RoomSession;
  readonly link: string;
  readonly actions: ViewActions;
}

export function Controls({ session, link, actions }: ControlsProps): ReactNode {
  const texts = useTexts();
  return (
    <div className="controls" role="group" aria-label={texts.controls}>
      <DeviceToggle device={session.mic} />
      <DeviceToggle device={session.camera} />
      <ScreenToggle screen={session.screen} />
      <PanelButtons session={session} />
      <ShareButton link={link} />
      <MoreMenu session={session} actions={actions} />
      <button type="button" className="leave-button" data-testid="leave" onClick={() => session.leave()}>
        <LeaveIcon />
        {texts.leave}
      </button>
    </div>
  );
}
