import { useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { gridLayout, startOfTile, type Box } from './grid-layout.ts';
import './tile-grid.css';

const GAP_PX = 8;

export interface Cell {
  readonly key: string;
  readonly content: ReactNode;
}

/** Cells of one size that fill the space there is. A cell that stays is never mounted anew: its video goes on playing. */
export function TileGrid({ cells }: { readonly cells: readonly Cell[] }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const grid = element.current;
    if (grid === null) return undefined;
    const measure = (): void => setBox({ width: grid.clientWidth, height: grid.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(grid);
    return () => observer.disconnect();
  }, []);

  const { columns, tileWidth, tileHeight } = gridLayout(cells.length, box, GAP_PX);
  const style: CSSProperties = {
    gap: GAP_PX,
    gridTemplateColumns: `repeat(${columns * 2}, ${(tileWidth - GAP_PX) / 2}px)`,
    gridAutoRows: tileHeight,
  };
  return (
    <div className="tile-grid-box" ref={element}>
      <div className="tile-grid" style={style}>
        {cells.map(({ key, content }, index) => {
          const start = startOfTile(index, cells.length, columns);
          return (
            <div key={key} style={{ gridColumn: start === undefined ? 'span 2' : `${start} / span 2` }}>
              {content}
            </div>
          );
        })}
      </div>
    </div>
  );
}
