import type { ReactNode } from 'react';
import type { ScreenShare } from '../devices/screen-share.ts';
import { useTexts } from '../i18n/language-provider.tsx';
import { useStore } from '../store.ts';
import { CallNotice } from './call-notice.tsx';

/** Whether one's own screen is seen by the others, and why it is not any more. */
export function ScreenNotices({ screen }: { readonly screen: ScreenShare }): ReactNode {
  const texts = useTexts();
  const { status } = useStore(screen.state);
  const incident = useStore(screen.incident);
  return (
    <>
      {status === 'on' ? (
        <div className="call-pill" role="status">
          {texts.youShareScreen}
          <button type="button" className="pill-button" onClick={() => screen.stop()}>
            {texts.stopSharing}
          </button>
        </div>
      ) : null}
      {incident === null ? null : (
        <CallNotice testId="screen-incident" onDismiss={() => screen.incident.set(null)}>
          {texts.screenIncidents[incident]}
        </CallNotice>
      )}
    </>
  );
}
