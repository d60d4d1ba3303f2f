import { useSyncExternalStore } from 'react';

export interface FullScreen {
  /** Not on an iPhone, nor in a frame that was not allowed to. */
  readonly isPossible: boolean;
  readonly isOn: boolean;
  readonly toggle: () => void;
}

export function useFullScreen(): FullScreen {
  const isOn = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  return { isPossible: document.fullscreenEnabled, isOn, toggle };
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

function toggle(): void {
  const change =
    document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen();
  // Refused outside of a click or a key, or overtaken by the person who left it: the page stays as it is seen.
  change.catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error;
  });
}
