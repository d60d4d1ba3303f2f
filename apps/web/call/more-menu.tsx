import { useCallback, useState, type ReactNode } from 'react';
import { DevicePicker } from '../devices/device-picker.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import {
  FullScreenIcon,
  GridIcon,
  KeyboardIcon,
  ScreenIcon,
  StopScreenIcon,
  PictureInPictureIcon,
  SlidersIcon,
  StageIcon,
} from '../icons/icons.tsx';
import type { RoomSession } from '../room/room-session.ts';
import type { View } from './arrangement.ts';
import { ScreenShare } from '../devices/screen-share.ts';
import { useStore } from '../store.ts';
import { toggleScreen } from './screen-toggle.tsx';
import { canShowPictureInPicture } from './picture-in-picture.ts';
import type { FullScreen } from './use-full-screen.ts';
import { usePopover } from './use-popover.ts';
import './more-menu.css';

export interface ViewActions {
  readonly view: View;
  readonly fullScreen: FullScreen;
  readonly toggleView: () => void;
  readonly togglePictureInPicture: () => void;
  readonly openShortcuts: () => void;
}

export interface MoreMenuProps {
  readonly session: RoomSession;
  readonly actions: ViewActions;
}

/** The devices, and how the call is looked at. */
export function MoreMenu({ session, actions }: MoreMenuProps): ReactNode {
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const { element, button } = usePopover(isOpen, close);
  const { view, fullScreen } = actions;
  const isSharing = useStore(session.screen.state).status === 'on';
  const act = (doIt: () => void) => () => {
    close();
    doIt();
  };
  return (
    <div className="more" ref={element}>
      <button
        ref={button}
        type="button"
        className="round-button"
        data-testid="more"
        aria-label={texts.deviceSettings}
        aria-expanded={isOpen}
        title={texts.deviceSettings}
        onClick={() => setOpen(!isOpen)}
      >
        <SlidersIcon />
      </button>
      {isOpen ? (
        <div className="more-card" role="dialog" aria-label={texts.deviceSettings}>
          <DevicePicker of={session} />
          <div className="more-actions" role="group" aria-label={texts.view}>
            {ScreenShare.isPossible ? (
              <Action
                icon={isSharing ? <StopScreenIcon /> : <ScreenIcon />}
                words={isSharing ? texts.stopSharing : texts.shareScreen}
                shortcut="S"
                when="narrow"
                onAct={act(() => toggleScreen(session.screen))}
              />
            ) : null}
            <Action
              icon={view === 'grid' ? <StageIcon /> : <GridIcon />}
              words={view === 'grid' ? texts.toSpeakerView : texts.toGridView}
              shortcut="G"
              onAct={act(actions.toggleView)}
            />
            {fullScreen.isPossible ? (
              <Action
                icon={<FullScreenIcon />}
                words={fullScreen.isOn ? texts.leaveFullScreen : texts.enterFullScreen}
                shortcut="F"
                onAct={act(fullScreen.toggle)}
              />
            ) : null}
            {canShowPictureInPicture() ? (
              <Action
                icon={<PictureInPictureIcon />}
                words={texts.pictureInPicture}
                shortcut="P"
                onAct={act(actions.togglePictureInPicture)}
              />
            ) : null}
            <Action
              icon={<KeyboardIcon />}
              words={texts.openShortcuts}
              shortcut="?"
              when="keyboard"
              onAct={act(actions.openShortcuts)}
            />
          </div>
        </div>
      ) : null}
    </div>
  );
}

interface ActionProps {
  readonly icon: ReactNode;
  readonly words: string;
  readonly shortcut: string;
  /** Only where there is a keyboard, or where the bar is too narrow for its button. */
  readonly when?: 'keyboard' | 'narrow';
  readonly onAct: () => void;
}

function Action({ icon, words, shortcut, when, onAct }: ActionProps): ReactNode {
  return (
    <button
      type="button"
      className="more-action"
      data-needs-keyboard={when === 'keyboard' ? '' : undefined}
      data-when-narrow={when === 'narrow' ? '' : undefined}
      onClick={onAct}
    >
      {icon}
      <span>{words}</span>
      <kbd className="key" aria-hidden="true">
        {shortcut}
      </kbd>
    </button>
  );
}
