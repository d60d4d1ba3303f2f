import type { VideoSize } from '#protocol';

/** In pixels of the screen. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A picture may be enlarged by a quarter before the next layer is worth its bits. */
const ENOUGH = 0.8;

/**
 * The lowest layer that fills a picture of that size, each layer being half as wide and high as the one above it. `full` is the size of
 * the layer `top`; where nobody knows it, that layer is taken.
 */
export function chooseLayer(top: number, full: VideoSize | null, shown: PictureSize): number {
  if (full === null) return top;
  // As if it covered the whole element: what is letterboxed needs less.
  const scale = Math.max(shown.width / full.width, shown.height / full.height);
  for (let layer = 0; layer < top; layer += 1) if (2 ** (layer - top) >= scale * ENOUGH) return layer;
  return top;
}
