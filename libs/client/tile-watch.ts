import type { PictureSize } from './layer-choice.ts';

/** More than two pixels of the screen to one of CSS do not make a face clearer, and cost four times as much. */
const MAX_PIXEL_RATIO = 2;

/** How large a video element is seen, if it is. */
export class TileWatch {
  readonly #video: HTMLVideoElement;
  readonly #changed: () => void;
  readonly #sizes: ResizeObserver;
  readonly #views: IntersectionObserver;
  readonly #listening = new AbortController();
  #box: PictureSize;
  /** Undefined until the browser has said. */
  #inView: boolean | undefined;
  #pictureInPicture: PictureInPictureWindow | null = null;

  constructor(video: HTMLVideoElement, changed: () => void) {
    this.#video = video;
    this.#changed = changed;
    const { width, height } = video.getBoundingClientRect();
    this.#box = { width, height };
    this.#inView = width > 0 && height > 0 ? true : undefined;
    this.#sizes = new ResizeObserver((entries) => this.#resized(entries));
    this.#views = new IntersectionObserver((entries) => this.#scrolled(entries));
    this.#sizes.observe(video);
    this.#views.observe(video);
    const { signal } = this.#listening;
    const tell = (): void => this.#changed();
    video.ownerDocument.addEventListener('visibilitychange', tell, { signal });
    video.addEventListener('enterpictureinpicture', (event) => this.#floated(event), { signal });
    video.addEventListener('leavepictureinpicture', () => this.#landed(), { signal });
  }

  /** In pixels of the screen; null: it is not seen. Undefined: the browser has not said yet. */
  get shown(): PictureSize | null | undefined {
    const floating = this.#pictureInPicture;
    if (floating !== null) return this.#inPixels(floating);
    if (this.#video.ownerDocument.visibilityState === 'hidden') return null;
    if (this.#inView === undefined) return undefined;
    const { width, height } = this.#box;
    return this.#inView && width > 0 && height > 0 ? this.#inPixels(this.#box) : null;
  }

  stop(): void {
    this.#sizes.disconnect();
    this.#views.disconnect();
    this.#listening.abort();
  }

  #inPixels({ width, height }: PictureSize): PictureSize {
    const ratio = Math.min(window.devicePixelRatio, MAX_PIXEL_RATIO);
    return { width: width * ratio, height: height * ratio };
  }

  #resized(entries: readonly ResizeObserverEntry[]): void {
    const { width, height } = entries.at(-1)?.contentRect ?? this.#box;
    this.#box = { width, height };
    this.#changed();
  }

  #scrolled(entries: readonly IntersectionObserverEntry[]): void {
    this.#inView = entries.at(-1)?.isIntersecting ?? this.#inView;
    this.#changed();
  }

  #floated({ pictureInPictureWindow: floating }: PictureInPictureEvent): void {
    this.#pictureInPicture = floating;
    floating.addEventListener('resize', () => this.#changed(), { signal: this.#listening.signal });
    this.#changed();
  }

  #landed(): void {
    this.#pictureInPicture = null;
    this.#changed();
  }
}
