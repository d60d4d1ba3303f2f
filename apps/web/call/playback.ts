import { Store } from '../store.ts';

/** Browsers may refuse sound until somebody has clicked on the page. Until then the pictures run without. */
export class Playback {
  readonly isSilenced = new Store(false);
  readonly #silenced = new Set<HTMLVideoElement>();

  async play(video: HTMLVideoElement): Promise<void> {
    try {
      await video.play();
    } catch (error) {
      if (!isRefusal(error) || video.muted) return;
      this.#silenced.add(video);
      this.isSilenced.set(true);
      video.muted = true;
      await this.play(video);
    }
  }

  forget(video: HTMLVideoElement): void {
    this.#silenced.delete(video);
    if (this.#silenced.size === 0) this.isSilenced.set(false);
  }

  /** To be called in a click. */
  hear(): void {
    for (const video of this.#silenced) {
      video.muted = false;
      this.forget(video);
      void this.play(video);
    }
  }
}

/** The other rejection, `AbortError`, means that the element got something else to play. */
function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
