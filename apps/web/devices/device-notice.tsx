import { useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { AlertIcon, CloseIcon } from '../icons/icons.tsx';
import { useStore } from '../store.ts';
import type { LocalDevice } from './local-device.ts';
import './device-notice.css';

export interface DeviceNoticeProps {
  readonly device: LocalDevice;
  /** Before joining it stays; in a call it can be put away. */
  readonly dismissible: boolean;
}

/** Says what is in the way of a device and what to do about it; nothing while it works. */
export function DeviceNotice({ device, dismissible }: DeviceNoticeProps): ReactNode {
  const texts = useTexts();
  const state = useStore(device.state);
  const [dismissed, setDismissed] = useState<unknown>(null);
  if (state.status !== 'problem' || dismissed === state) return null;
  const problems = device.source === 'mic' ? texts.micProblems : texts.cameraProblems;
  const { problem, remedy } = problems[state.problem];
  return (
    <div className="device-notice" role="status" data-testid={`problem-${device.source}`}>
      <AlertIcon />
      <p>
        <strong>{problem}</strong> {remedy} {dismissible ? null : texts.joinWithout}
      </p>
      <button type="button" className="button button-quiet button-small" onClick={() => void device.turnOn()}>
        {texts.tryAgain}
      </button>
      {dismissible ? (
        <button
          type="button"
          className="device-notice-close"
          aria-label={texts.dismiss}
          title={texts.dismiss}
          onClick={() => setDismissed(state)}
        >
          <CloseIcon />
        </button>
      ) : null}
    </div>
  );
}
