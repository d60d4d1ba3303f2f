import type { ReactNode } from 'react';
import { ScreenShare } from '../devices/screen-share.ts';
import { useTexts } from '../i18n/language-provider.tsx';
import { ScreenIcon, StopScreenIcon } from '../icons/icons.tsx';
import { useStore } from '../store.ts';

export function ScreenToggle({ screen }: { readonly screen: ScreenShare }): ReactNode {
  const texts = useTexts();
  const { status } = useStore(screen.state);
  if (!ScreenShare.isPossible) return null;
  const isOn = status === 'on';
  const label = isOn ? texts.stopSharing : texts.shareScreen;
  return (
    <button
      type="button"
      className="round-button screen-toggle"
      data-testid="toggle-screen"
      data-on={isOn ? '' : undefined}
      aria-label={label}
      title={label}
      onClick={() => toggleScreen(screen)}
    >
      {isOn ? <StopScreenIcon /> : <ScreenIcon />}
    </button>
  );
}

export function toggleScreen(screen: ScreenShare): void {
  if (screen.state.get().status === 'on') screen.stop();
  else void screen.start();
}
