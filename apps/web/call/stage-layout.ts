import { PICTURE, type Box, type Rect } from './grid-layout.ts';

export interface StageLayout {
  readonly stage: Rect;
  /** Where the small tiles are that fit beside the stage: as many of them as there are, or as one page has. */
  readonly strip: readonly Rect[];
  /** Where one turns the strip's pages; null while all fit. */
  readonly pager: Rect | null;
}

/** How high the place is in which pages are turned. */
export const PAGER_HEIGHT = 40;

/** From here on a box is wide enough for a strip beside the stage; else it is below. */
const WIDE = 1.2;

/** Of the small tiles below the stage. */
const LEAST_COLUMNS = 3;
const SMALL_TILE_WIDTH = 180;

/** A large tile, and of `count` others a strip of small ones: beside it in a wide box, below it in an upright one. */
export function stageLayout(count: number, box: Box, gap: number): StageLayout {
  if (count === 0) return { stage: { x: 0, y: 0, ...box }, strip: [], pager: null };
  return box.width > box.height * WIDE ? beside(count, box, gap) : below(count, box, gap);
}

function beside(count: number, box: Box, gap: number): StageLayout {
  const width = Math.round(clamp(box.width * 0.17, 128, 240));
  const height = Math.round(width / PICTURE);
  const fitting = (length: number): number => Math.max(1, Math.floor((length + gap) / (height + gap)));
  const paged = count > fitting(box.height);
  const shown = paged ? fitting(box.height - PAGER_HEIGHT - gap) : count;
  const left = box.width - width;
  const used = shown * height + (shown - 1) * gap;
  const top = Math.max(0, Math.round((box.height - used - (paged ? PAGER_HEIGHT + gap : 0)) / 2));
  return {
    stage: { x: 0, y: 0, width: Math.max(0, left - gap), height: box.height },
    strip: Array.from({ length: shown }, (_, index) => ({
      x: left,
      y: top + index * (height + gap),
      width,
      height,
    })),
    pager: paged ? { x: left, y: top + used + gap, width, height: PAGER_HEIGHT } : null,
  };
}

/** As many rows as leave the stage at least a square: a picture is wide, and would not fill more. */
function below(count: number, box: Box, gap: number): StageLayout {
  const columns = Math.max(LEAST_COLUMNS, Math.floor(box.width / SMALL_TILE_WIDTH));
  const width = Math.floor((box.width - (columns - 1) * gap) / columns);
  const height = Math.round(width * 0.75);
  const rowsIn = (space: number): number => Math.max(1, Math.floor(space / (height + gap)));
  const needed = Math.ceil(count / columns);
  const paged = needed > rowsIn(box.height - box.width);
  const rows = paged ? rowsIn(box.height - box.width - PAGER_HEIGHT) : needed;
  const shown = Math.min(count, rows * columns);
  const stageHeight = Math.max(0, box.height - rows * (height + gap) - (paged ? PAGER_HEIGHT : 0));
  return {
    stage: { x: 0, y: 0, width: box.width, height: stageHeight },
    strip: Array.from({ length: shown }, (_, index) => {
      const row = Math.floor(index / columns);
      const inRow = Math.min(columns, shown - row * columns);
      const left = Math.floor((box.width - inRow * width - (inRow - 1) * gap) / 2);
      return {
        x: left + (index - row * columns) * (width + gap),
        y: stageHeight + gap + row * (height + gap),
        width,
        height,
      };
    }),
    pager: paged ? { x: 0, y: box.height - PAGER_HEIGHT, width: box.width, height: PAGER_HEIGHT } : null,
  };
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
