import type { Locator } from 'playwright-core';
import { until } from './until.ts';

declare global {
  interface Window {
    /** What the page was given to share, the last at the end. */
    sharedScreens?: MediaStream[];
  }
}

/** To be run in a page before its own scripts: keeps hold of every screen that the page is given. */
export function keepScreens(): void {
  const devices = navigator.mediaDevices;
  const ask = devices.getDisplayMedia.bind(devices);
  const shared: MediaStream[] = [];
  window.sharedScreens = shared;
  devices.getDisplayMedia = async (options) => {
    const stream = await ask(options);
    shared.push(stream);
    return stream;
  };
}

/** To be run in a page: what it shares last ends, as by the browser's own bar. */
export function endScreen(): void {
  for (const track of window.sharedScreens?.at(-1)?.getTracks() ?? []) {
    track.stop();
    // A page's own `stop()` fires nothing (W3C Media Capture and Streams §4.3.1).
    track.dispatchEvent(new Event('ended'));
  }
}

/** Until two more frames have been presented in the video of a tile. */
export async function untilFramesGrow(tile: Locator, what: string, deadlineMs: number): Promise<void> {
  const presented = (): Promise<number> =>
    tile
      .locator('video')
      .evaluate((video: HTMLVideoElement) =>
        video.checkVisibility() ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
      );
  let before: number | undefined;
  await until(
    `frames of ${what}`,
    async () => {
      if ((await tile.count()) !== 1) return false;
      const now = await presented();
      before ??= now;
      return now >= before + 2;
    },
    { deadlineMs, everyMs: 50 },
  );
}
