import { useCallback, useSyncExternalStore } from 'react';
import type { Call, CallSnapshot } from '#client';

/** The call as it stands, again after each change. */
export function useCallSnapshot(call: Call): CallSnapshot {
  const subscribe = useCallback((listener: () => void) => call.on('changed', listener), [call]);
  return useSyncExternalStore(subscribe, () => call.snapshot);
}
