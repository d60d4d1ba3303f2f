import { OWN, type Arrangement, type TileKey } from './arrangement.ts';
import { gridCapacity, gridRects, type Box, type Rect } from './grid-layout.ts';
import { PAGER_HEIGHT, stageLayout } from './stage-layout.ts';

export const GAP = 8;

export interface PlacedTile {
  readonly key: TileKey;
  readonly rect: Rect;
  readonly place: 'stage' | 'strip' | 'grid' | 'corner';
}

export interface Placement {
  /** What is seen now, and nothing else. */
  readonly tiles: readonly PlacedTile[];
  readonly pages: number;
  /** The page that is seen, counted from 0: the one that was asked for, or the last that there is. */
  readonly page: number;
  readonly pager: Rect | null;
}

/** Where each tile is, if it is on the page. */
export function place(arrangement: Arrangement, box: Box, page: number): Placement {
  if (arrangement.stage !== null) return placeWithStage(arrangement, arrangement.stage, box, page);
  return arrangement.floats ? placeCorner(arrangement.rest, box) : placeGrid(arrangement.rest, box, page);
}

function placeWithStage({ rest }: Arrangement, stage: TileKey, box: Box, wanted: number): Placement {
  const layout = stageLayout(rest.length, box, GAP);
  const { pages, page, keys } = cut(rest, layout.strip.length, wanted);
  return {
    tiles: [
      { key: stage, rect: layout.stage, place: 'stage' },
      ...pair(keys, layout.strip).map((tile) => ({ ...tile, place: 'strip' as const })),
    ],
    pages,
    page,
    pager: layout.pager,
  };
}

function placeGrid(rest: readonly TileKey[], box: Box, wanted: number): Placement {
  const paged = rest.length > gridCapacity(box, GAP);
  const inner = paged ? { ...box, height: Math.max(0, box.height - PAGER_HEIGHT) } : box;
  // Oneself is on the first page, however many there are, and all pages are about equally full.
  const order = paged ? [OWN, ...rest.filter((key) => key !== OWN)] : rest;
  const needed = Math.ceil(rest.length / gridCapacity(inner, GAP));
  const { pages, page, keys } = cut(order, Math.ceil(rest.length / needed), wanted);
  return {
    tiles: pair(keys, gridRects(keys.length, inner, GAP)).map((tile) => ({ ...tile, place: 'grid' })),
    pages,
    page,
    pager: paged ? { x: 0, y: inner.height, width: box.width, height: PAGER_HEIGHT } : null,
  };
}

/** The others as large as can be, oneself in the corner of the last one. */
function placeCorner(rest: readonly TileKey[], box: Box): Placement {
  const others = rest.filter((key) => key !== OWN);
  const tiles: PlacedTile[] = pair(others, gridRects(others.length, box, GAP)).map((tile) => ({
    ...tile,
    place: 'grid',
  }));
  const last = tiles.at(-1)?.rect ?? { x: 0, y: 0, ...box };
  const width = Math.round(Math.min(240, Math.max(112, last.width * 0.2)));
  const height = Math.round(width * (box.width < box.height ? 0.75 : 0.5625));
  const x = last.x + last.width - width - GAP;
  const y = last.y + last.height - height - GAP;
  tiles.push({ key: OWN, rect: { x, y, width, height }, place: 'corner' });
  return { tiles, pages: 1, page: 0, pager: null };
}

function cut(
  keys: readonly TileKey[],
  perPage: number,
  wanted: number,
): { readonly pages: number; readonly page: number; readonly keys: readonly TileKey[] } {
  const size = Math.max(1, perPage);
  const pages = Math.max(1, Math.ceil(keys.length / size));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return { pages, page, keys: keys.slice(page * size, (page + 1) * size) };
}

function pair(keys: readonly TileKey[], rects: readonly Rect[]): { key: TileKey; rect: Rect }[] {
  return keys.flatMap((key, index) => {
    const rect = rects[index];
    return rect === undefined ? [] : [{ key, rect }];
  });
}
