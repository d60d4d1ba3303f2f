import type { ReactNode } from 'react';
import type { DevicesInQuestion } from '../i18n/english.ts';
import { useTexts } from '../i18n/language-provider.tsx';
import { AlertIcon, CloseIcon } from '../icons/icons.tsx';
import './device-notice.css';

export interface DeviceNoticeProps {
  readonly about: DevicesInQuestion;
  readonly problem: string;
  readonly remedy: string;
  readonly more: string | null;
  readonly onTryAgain: () => void;
  readonly onDismiss: (() => void) | null;
}

/** Says what is in the way of a device, and what to do about it. */
export function DeviceNotice({
  about,
  problem,
  remedy,
  more,
  onTryAgain,
  onDismiss,
}: DeviceNoticeProps): ReactNode {
  const texts = useTexts();
  return (
    <div className="device-notice" role="status" data-testid="device-problem" data-about={about}>
      <AlertIcon />
      <p>
        <strong>{problem}</strong> {remedy} {more}
      </p>
      <button type="button" className="button button-quiet button-small" onClick={onTryAgain}>
        {texts.tryAgain}
      </button>
      {onDismiss === null ? null : (
        <button
          type="button"
          className="device-notice-close"
          aria-label={texts.dismiss}
          title={texts.dismiss}
          onClick={onDismiss}
        >
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
