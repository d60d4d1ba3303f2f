import type { ParticipantId, Source } from '#protocol';
import type { PictureSize } from './layer-choice.ts';
import { TileWatch } from './tile-watch.ts';

/** Where the line does not carry everything, what has a high priority gets its layers first. */
export type VideoPriority = 'normal' | 'high';

/** What an application that shows a video by other means than `attach()` says of it. */
export interface VideoWish {
  /** Not so, nothing of it is sent. Seen unless given. */
  readonly visible?: boolean;
  /** How large it is shown, in CSS pixels. As large as there is unless both are given. */
  readonly width?: number;
  readonly height?: number;
  readonly priority?: VideoPriority;
}

/** What one video is wanted for. */
export interface VideoDemand {
  /** How large it is shown, in pixels of the screen; null: it is not seen. */
  readonly shown: PictureSize | null;
  readonly priority: VideoPriority;
}

interface Tile {
  readonly watch: TileWatch;
  readonly priority: VideoPriority | undefined;
}

const EVERYTHING: PictureSize = { width: Infinity, height: Infinity };

type Key = `${ParticipantId} ${Source}`;

/** How large each of the others' videos is seen: by the elements that show it, or as the application says. */
export class VideoDemands {
  readonly #adaptive: boolean;
  readonly #changed: (id: ParticipantId, source: Source) => void;
  readonly #tiles = new Map<Key, Set<Tile>>();
  readonly #wishes = new Map<Key, VideoWish>();
  /** An application that has never attached an element shows its videos by other means. */
  #attaches = false;

  /** Not `adaptive`, everything is wanted of every video, whatever is seen of it. */
  constructor(adaptive: boolean, changed: (id: ParticipantId, source: Source) => void) {
    this.#adaptive = adaptive;
    this.#changed = changed;
  }

  /** The element shows that video. Call what is returned when it no longer does. */
  watch(
    id: ParticipantId,
    source: Source,
    video: HTMLVideoElement,
    priority: VideoPriority | undefined,
  ): () => void {
    const key: Key = `${id} ${source}`;
    const tiles = this.#tiles.get(key) ?? new Set();
    this.#tiles.set(key, tiles);
    this.#attaches = true;
    const tile: Tile = { watch: new TileWatch(video, () => this.#changed(id, source)), priority };
    tiles.add(tile);
    this.#changed(id, source);
    return () => {
      tile.watch.stop();
      tiles.delete(tile);
      this.#changed(id, source);
    };
  }

  /** The application's own word counts before what elements say; null takes it back. */
  prefer(id: ParticipantId, source: Source, wish: VideoWish | null): void {
    const key: Key = `${id} ${source}`;
    if (wish === null) this.#wishes.delete(key);
    else this.#wishes.set(key, wish);
    this.#changed(id, source);
  }

  /** Whether an element or the application has told anything of it. */
  knows(id: ParticipantId, source: Source): boolean {
    const key: Key = `${id} ${source}`;
    return (
      this.#wishes.has(key) ||
      [...(this.#tiles.get(key) ?? [])].some(({ watch }) => watch.shown !== undefined)
    );
  }

  of(id: ParticipantId, source: Source): VideoDemand {
    const key: Key = `${id} ${source}`;
    const tiles = [...(this.#tiles.get(key) ?? [])];
    const wish = this.#wishes.get(key);
    if (!this.#adaptive) return { shown: EVERYTHING, priority: 'normal' };
    const priority =
      wish?.priority ??
      // A screen is there to be read, and is the stage wherever it is shown.
      (source === 'screen' || tiles.some((tile) => tile.priority === 'high') ? 'high' : 'normal');
    if (wish?.visible === false) return { shown: null, priority };
    if (wish?.width !== undefined && wish.height !== undefined) {
      const ratio = window.devicePixelRatio;
      return { shown: { width: wish.width * ratio, height: wish.height * ratio }, priority };
    }
    if (wish?.visible === true) return { shown: EVERYTHING, priority };
    return { shown: this.#shownIn(tiles), priority };
  }

  forget(id: ParticipantId): void {
    for (const source of ['camera', 'screen'] as const) {
      const key: Key = `${id} ${source}`;
      for (const { watch } of this.#tiles.get(key) ?? []) watch.stop();
      this.#tiles.delete(key);
      this.#wishes.delete(key);
    }
  }

  #shownIn(tiles: readonly Tile[]): PictureSize | null {
    if (tiles.length === 0) return this.#attaches ? null : EVERYTHING;
    const sizes = tiles.map(({ watch }) => (watch.shown === undefined ? EVERYTHING : watch.shown));
    const seen = sizes.filter((size) => size !== null);
    if (seen.length === 0) return null;
    return {
      width: Math.max(...seen.map(({ width }) => width)),
      height: Math.max(...seen.map(({ height }) => height)),
    };
  }
}
