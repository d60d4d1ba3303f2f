export interface GridLayout {
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** What cameras send. */
const PICTURE = 16 / 9;

/** Narrower tiles show nobody any more: the grid scrolls instead. CSS pixels. */
const MIN_TILE_WIDTH = 112;

/**
 * How many columns let `count` people be seen best in a box: the larger the tiles the better, and the less of each picture is cut off.
 * Lengths in CSS pixels.
 */
export function gridLayout(count: number, { width, height }: Box, gap: number): GridLayout {
  // Phones held upright may cut more off at the sides.
  const narrowest = width < height ? 0.7 : 1;
  let best: GridLayout = { columns: 1, tileWidth: 0, tileHeight: 0 };
  let bestScore = -1;
  for (let columns = 1; columns <= count; columns += 1) {
    const layout = fit(columns, Math.ceil(count / columns), { width, height }, gap, narrowest);
    const aspect = layout.tileWidth / layout.tileHeight;
    const kept = Math.min(aspect / PICTURE, PICTURE / aspect);
    const score = layout.tileWidth * layout.tileHeight * Math.sqrt(kept);
    if (layout.tileHeight > 0 && score > bestScore) {
      best = layout;
      bestScore = score;
    }
  }
  return best.tileWidth >= MIN_TILE_WIDTH || count === 1 ? best : scrolling(width, gap);
}

function fit(columns: number, rows: number, box: Box, gap: number, narrowest: number): GridLayout {
  const width = Math.max(0, (box.width - gap * (columns - 1)) / columns);
  const height = Math.max(0, (box.height - gap * (rows - 1)) / rows);
  return {
    columns,
    tileWidth: Math.floor(Math.min(width, height * PICTURE)),
    tileHeight: Math.floor(Math.min(height, width / narrowest)),
  };
}

function scrolling(width: number, gap: number): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (MIN_TILE_WIDTH + gap)));
  const tileWidth = Math.max(0, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, tileWidth, tileHeight: Math.floor(tileWidth * 0.75) };
}

/**
 * In which half column (counted from 1) a tile begins, if it does not simply follow the one before: the first of an incomplete
 * last row does not, so that the row stands in the middle.
 */
export function startOfTile(index: number, count: number, columns: number): number | undefined {
  const inLastRow = count % columns;
  if (inLastRow === 0 || index !== count - inLastRow) return undefined;
  return columns - inLastRow + 1;
}
