import { useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import type { Arrangement, TileKey } from './arrangement.ts';
import type { Box, Rect } from './grid-layout.ts';
import { Pager } from './pager.tsx';
import { place } from './placement.ts';
import { useShortcuts } from './use-shortcuts.ts';
import './tile-board.css';

export interface Cell {
  readonly key: TileKey;
  readonly content: ReactNode;
}

export interface TileBoardProps {
  /** Always in the same order: a tile that is placed elsewhere is not moved in the document, and its video goes on playing. */
  readonly cells: readonly Cell[];
  readonly arrangement: Arrangement;
  readonly page: number;
  readonly onTurn: (page: number) => void;
}

/** The tiles of the page that is seen. What is on other pages is not there at all, and costs nothing. */
export function TileBoard({ cells, arrangement, page: wanted, onTurn }: TileBoardProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box | null>(null);
  useLayoutEffect(() => {
    const board = element.current;
    if (board === null) return undefined;
    const measure = (): void => setBox({ width: board.clientWidth, height: board.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(board);
    return () => observer.disconnect();
  }, []);

  const { tiles, pages, page, pager } = place(arrangement, box ?? { width: 0, height: 0 }, wanted);
  useShortcuts({
    ...(page > 0 ? { previousPage: () => onTurn(page - 1) } : {}),
    ...(page < pages - 1 ? { nextPage: () => onTurn(page + 1) } : {}),
  });
  const placed = new Map(tiles.map((tile) => [tile.key, tile]));
  return (
    <div className="tile-board" ref={element}>
      {cells.map(({ key, content }) => {
        const tile = placed.get(key);
        return tile === undefined || box === null ? null : (
          <div key={key} className="tile-place" data-place={tile.place} style={at(tile.rect)}>
            {content}
          </div>
        );
      })}
      {pager === null ? null : (
        <div className="pager" style={at(pager)}>
          <Pager page={page} pages={pages} onTurn={onTurn} />
        </div>
      )}
    </div>
  );
}

const at = ({ x, y, width, height }: Rect): CSSProperties => ({
  insetInlineStart: x,
  insetBlockStart: y,
  inlineSize: width,
  blockSize: height,
});
