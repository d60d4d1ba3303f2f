import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { AlertIcon, CloseIcon } from '../icons/icons.tsx';
import '../devices/device-notice.css';

export interface CallNoticeProps {
  readonly testId: string;
  readonly children: ReactNode;
  readonly onDismiss: () => void;
}

/** Something to know in a call that goes on, until it is dismissed. */
export function CallNotice({ testId, children, onDismiss }: CallNoticeProps): ReactNode {
  const texts = useTexts();
  return (
    <div className="device-notice" role="status" data-testid={testId}>
      <AlertIcon />
      <p>{children}</p>
      <button
        type="button"
        className="device-notice-close"
        aria-label={texts.dismiss}
        title={texts.dismiss}
        onClick={onDismiss}
      >
        <CloseIcon />
      </button>
    </div>
  );
}
