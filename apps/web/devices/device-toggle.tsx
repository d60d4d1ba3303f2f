import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { CameraIcon, CameraOffIcon, MicIcon, MicOffIcon } from '../icons/icons.tsx';
import { useStore } from '../store.ts';
import type { LocalDevice } from './local-device.ts';

/** Turns the microphone or the camera on and off; where there was a problem, tries again. */
export function DeviceToggle({ device }: { readonly device: LocalDevice }): ReactNode {
  const texts = useTexts();
  const { status } = useStore(device.state);
  const isOn = status === 'on' || status === 'asking';
  const isMic = device.source === 'mic';
  const OnIcon = isMic ? MicIcon : CameraIcon;
  const OffIcon = isMic ? MicOffIcon : CameraOffIcon;
  const toOff = isMic ? texts.micOff : texts.cameraOff;
  const toOn = isMic ? texts.micOn : texts.cameraOn;
  const label = isOn ? toOff : toOn;
  return (
    <button
      type="button"
      className="round-button"
      data-testid={`toggle-${device.source}`}
      data-off={status === 'off' ? '' : undefined}
      data-problem={status === 'problem' ? '' : undefined}
      aria-label={label}
      title={label}
      onClick={() => device.toggle()}
    >
      {isOn ? <OnIcon /> : <OffIcon />}
    </button>
  );
}
