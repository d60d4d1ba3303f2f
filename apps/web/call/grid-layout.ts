/** Lengths in CSS pixels, here and wherever tiles are placed. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Box {
  readonly x: number;
  readonly y: number;
}

export interface GridLayout {
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** What cameras send. */
export const PICTURE = 16 / 9;

/** So many are seen at once, however large the window is. */
const MAX_TILES = 49;

/** Smaller tiles show nobody any more: there is a next page instead. */
const MIN_TILE_WIDTH = 132;
const MIN_TILE_HEIGHT = 74;
/** On a phone held upright, which is looked at from as far away as it is small. */
const MIN_TILE_HEIGHT_UPRIGHT = 100;

/** How many columns let `count` people be seen best in a box: the larger the tiles the better, and the less of each picture is cut off. */
export function gridLayout(count: number, box: Box, gap: number): GridLayout {
  // Phones held upright may cut more off at the sides.
  const narrowest = isUpright(box) ? 0.7 : 1;
  let best: GridLayout = { columns: 1, tileWidth: 0, tileHeight: 0 };
  let bestScore = -1;
  for (let columns = 1; columns <= count; columns += 1) {
    const layout = fit(columns, Math.ceil(count / columns), box, gap, narrowest);
    const aspect = layout.tileWidth / layout.tileHeight;
    const kept = Math.min(aspect / PICTURE, PICTURE / aspect);
    const score = layout.tileWidth * layout.tileHeight * Math.sqrt(kept);
    if (layout.tileHeight > 0 && score > bestScore) {
      best = layout;
      bestScore = score;
    }
  }
  return best;
}

/** How many people can be seen at once in a box, each well enough: 1 to 49. */
export function gridCapacity(box: Box, gap: number): number {
  const minHeight = isUpright(box) ? MIN_TILE_HEIGHT_UPRIGHT : MIN_TILE_HEIGHT;
  for (let count = MAX_TILES; count > 1; count -= 1) {
    const { tileWidth, tileHeight } = gridLayout(count, box, gap);
    if (tileWidth >= MIN_TILE_WIDTH && tileHeight >= minHeight) return count;
  }
  return 1;
}

/** Where the tiles of a grid are: row by row, in the middle of the box, an incomplete last row in the middle as well. */
export function gridRects(count: number, box: Box, gap: number): Rect[] {
  const { columns, tileWidth: width, tileHeight: height } = gridLayout(count, box, gap);
  const rows = Math.ceil(count / columns);
  const top = (box.height - rows * height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (box.width - inRow * width - (inRow - 1) * gap) / 2;
    return {
      x: Math.round(left + (index - row * columns) * (width + gap)),
      y: Math.round(top + row * (height + gap)),
      width,
      height,
    };
  });
}

const isUpright = ({ width, height }: Box): boolean => width < height;

function fit(columns: number, rows: number, box: Box, gap: number, narrowest: number): GridLayout {
  const width = Math.max(0, (box.width - gap * (columns - 1)) / columns);
  const height = Math.max(0, (box.height - gap * (rows - 1)) / rows);
  return {
    columns,
    tileWidth: Math.floor(Math.min(width, height * PICTURE)),
    tileHeight: Math.floor(Math.min(height, width / narrowest)),
  };
}
