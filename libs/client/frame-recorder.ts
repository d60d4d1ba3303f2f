/** What is remembered of each video: longer than a handover with its steady seconds before and after. */
const MEMORY_MS = 30_000;
/** Of how much the usual interval is told by the last one. */
const LAST_SHARE = 0.1;

type PresentingElement = Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>;

/**
 * When the frames of one video element were presented (`requestVideoFrameCallback`), on the clock of `performance.now()`.
 *
 * A page that is busy hears of a frame only when the next one is there, and then only of that; `presentedFrames` says how many there
 * were. Those between are taken to have come at the usual pace, one after the other, so that what is left over counts as the gap.
 */
export class FrameRecorder {
  readonly #video: PresentingElement;
  #times: number[] = [];
  #presented = 0;
  #usualMs = Number.POSITIVE_INFINITY;
  #handle: number;

  constructor(video: PresentingElement) {
    this.#video = video;
    const next: VideoFrameRequestCallback = (_now, { presentationTime, presentedFrames }) => {
      this.#record(presentationTime, presentedFrames);
      this.#handle = video.requestVideoFrameCallback(next);
    };
    this.#handle = video.requestVideoFrameCallback(next);
  }

  stop(): void {
    this.#video.cancelVideoFrameCallback(this.#handle);
  }

  /** Times between frames in ms within the span; of what reaches into it, only what lies in it. */
  intervals(from: number, to: number): number[] {
    const found: number[] = [];
    for (const [index, time] of this.#times.entries()) {
      const previous = this.#times[index - 1];
      if (previous !== undefined && time > from && previous < to) found.push(time - Math.max(previous, from));
    }
    return found;
  }

  #record(time: number, presented: number): void {
    const previous = this.#times.at(-1);
    const frames = presented - this.#presented;
    this.#presented = presented;
    if (previous !== undefined && frames > 0) {
      const evenMs = (time - previous) / frames;
      const unseenMs = Math.min(this.#usualMs, evenMs);
      for (let frame = 1; frame < frames; frame += 1) this.#times.push(previous + frame * unseenMs);
      this.#usualMs = Number.isFinite(this.#usualMs)
        ? this.#usualMs + LAST_SHARE * (evenMs - this.#usualMs)
        : evenMs;
    }
    this.#times.push(time);
    if (time - (this.#times[0] ?? 0) > 2 * MEMORY_MS)
      this.#times = this.#times.filter((one) => time - one <= MEMORY_MS);
  }
}
