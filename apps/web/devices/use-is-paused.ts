import { useCallback, useSyncExternalStore } from 'react';

/** Whether the system keeps the device silent or dark for now, as a phone does during another call (W3C Media Capture and Streams §4.3.1.1). */
export function useIsPaused(track: MediaStreamTrack | null): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      track?.addEventListener('mute', listener);
      track?.addEventListener('unmute', listener);
      return () => {
        track?.removeEventListener('mute', listener);
        track?.removeEventListener('unmute', listener);
      };
    },
    [track],
  );
  return useSyncExternalStore(subscribe, () => track?.muted === true && track.readyState === 'live');
}
