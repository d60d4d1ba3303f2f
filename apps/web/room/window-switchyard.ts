import type { Call } from '#client';

/** What scripts beside the page find of it. Part of the stable outside. */
export interface SwitchyardOnWindow {
  readonly call: Call;
}

declare global {
  interface Window {
    switchyard?: SwitchyardOnWindow;
  }
}

export function showOnWindow(call: Call): void {
  window.switchyard = { call };
}
