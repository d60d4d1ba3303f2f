import type { ReactNode } from 'react';
import { CallNotice } from '../call/call-notice.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { useStore } from '../store.ts';
import type { LocalDevice } from './local-device.ts';
import { useIsPaused } from './use-is-paused.ts';

/** What happened to a device that is used all the same, or is to be used again. */
export function DeviceIncidents({ device }: { readonly device: LocalDevice }): ReactNode {
  const texts = useTexts();
  const { source } = device;
  const state = useStore(device.state);
  const incident = useStore(device.incident);
  const isPaused = useIsPaused(state.status === 'on' ? state.track : null);
  const words = { replaced: texts.deviceReplaced, kept: texts.deviceKept };
  return (
    <>
      {isPaused ? (
        <p className="call-pill" role="status">
          {texts.devicePaused[source]}
        </p>
      ) : null}
      {incident === null ? null : (
        <CallNotice testId={`${source}-incident`} onDismiss={() => device.incident.set(null)}>
          {words[incident.kind][source](incident.label)}
        </CallNotice>
      )}
    </>
  );
}
