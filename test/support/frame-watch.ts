import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** For each of the others, by name: the longest time between two presented frames in ms, and when the last one came. */
    frameWatch?: Map<string, { longestMs: number; last: number }>;
  }
}

/** From now on the page remembers how long each of the others' pictures stood still. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch = new Map<string, { longestMs: number; last: number }>();
    window.frameWatch = watch;
    for (const tile of document.querySelectorAll<HTMLElement>('[data-testid="tile"]:not([data-local])')) {
      const video = tile.querySelector('video');
      const seen = { longestMs: 0, last: performance.now() };
      watch.set(tile.dataset.participantName ?? '', seen);
      const next: VideoFrameRequestCallback = (now) => {
        // Another watch has begun, with a callback of its own.
        if (window.frameWatch !== watch) return;
        seen.longestMs = Math.max(seen.longestMs, now - seen.last);
        seen.last = now;
        video?.requestVideoFrameCallback(next);
      };
      video?.requestVideoFrameCallback(next);
    }
  });
}

/** The longest that the picture of each has stood still since {@link watchFrames}, in ms, up to now. */
export function longestStandstill(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...(window.frameWatch ?? [])].map(([name, { longestMs, last }]) => [
        name,
        Math.max(longestMs, performance.now() - last),
      ]),
    ),
  );
}
