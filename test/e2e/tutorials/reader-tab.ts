import type { BrowserContext, Page } from 'playwright-core';
import { until } from '../../support/until.ts';

/** How long a busy machine may take until a picture runs. */
const MEDIA_DEADLINE_MS = 20_000;
/** So many more than there were: the picture runs, and is not the first frame that stands still. */
const FRAMES = 10;

interface Picture {
  readonly frames: number;
  readonly runs: boolean;
}

/** A tab with a tutorial's page in it. */
export class ReaderTab {
  readonly page: Page;
  /** What the page threw and nobody caught. */
  readonly errors: string[] = [];
  readonly #remoteVideo: string;

  private constructor(page: Page, remoteVideo: string) {
    this.page = page;
    this.#remoteVideo = remoteVideo;
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  /** `remoteVideo`: the id of the element in which the page shows the other one. */
  static async open(person: BrowserContext, address: string, remoteVideo: string): Promise<ReaderTab> {
    const tab = new ReaderTab(await person.newPage(), remoteVideo);
    await tab.page.goto(address);
    return tab;
  }

  /** Until the other one's picture runs. */
  async seesTheOther(): Promise<void> {
    let { frames: before } = await this.#picture();
    let now: Picture | undefined;
    await until(
      () => `the remote video to play, whose frames went from ${before} to ${JSON.stringify(now)}`,
      async () => {
        now = await this.#picture();
        // With another stream the count begins anew.
        before = Math.min(before, now.frames);
        return now.runs && now.frames >= before + FRAMES;
      },
      { deadlineMs: MEDIA_DEADLINE_MS, everyMs: 50 },
    );
  }

  /** Until the page has no picture of the other one any more. */
  async isAlone(): Promise<void> {
    await this.page.waitForFunction(
      (id) => document.querySelector<HTMLVideoElement>(`video#${id}`)?.srcObject === null,
      this.#remoteVideo,
    );
  }

  /** Closes the tab as people do: the page may say something before. */
  async close(): Promise<void> {
    const closed = this.page.waitForEvent('close');
    await this.page.close({ runBeforeUnload: true });
    await closed;
  }

  /** The tab is gone without a word, as when it crashes. */
  async vanish(): Promise<void> {
    await this.page.close();
  }

  #picture(): Promise<Picture> {
    return this.page.evaluate((id) => {
      const video = document.querySelector<HTMLVideoElement>(`video#${id}`);
      if (video === null) throw new Error(`the page has no video#${id}`);
      const runs = !video.paused && video.videoWidth > 0 && video.checkVisibility();
      return { frames: video.getVideoPlaybackQuality().totalVideoFrames, runs };
    }, this.#remoteVideo);
  }
}
