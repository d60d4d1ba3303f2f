/** What is remembered of each video: longer than a handover with its steady seconds before and after. */
const MEMORY_MS = 30_000;

/** When the frames of one video element were presented (`requestVideoFrameCallback`), on the clock of `performance.now()`. */
export class FrameRecorder {
  readonly #video: HTMLVideoElement;
  #times: number[] = [];
  #handle: number;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    const next: VideoFrameRequestCallback = (_now, { presentationTime }) => {
      this.#times.push(presentationTime);
      if (presentationTime - (this.#times[0] ?? 0) > 2 * MEMORY_MS) {
        this.#times = this.#times.filter((time) => presentationTime - time <= MEMORY_MS);
      }
      this.#handle = video.requestVideoFrameCallback(next);
    };
    this.#handle = video.requestVideoFrameCallback(next);
  }

  stop(): void {
    this.#video.cancelVideoFrameCallback(this.#handle);
  }

  /** Times between frames in ms, of all that reach into the span. */
  intervals(from: number, to: number): number[] {
    const found: number[] = [];
    for (const [index, time] of this.#times.entries()) {
      const previous = this.#times[index - 1];
      if (previous !== undefined && time >= from && previous < to) found.push(time - previous);
    }
    return found;
  }
}
