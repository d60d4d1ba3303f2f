import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gridLayout, startOfTile } from './grid-layout.ts';

const GAP = 8;
const columnsIn = (width: number, height: number) => (count: number) =>
  gridLayout(count, { width, height }, GAP).columns;

describe('gridLayout', () => {
  it('puts two side by side on a desktop and one above the other on a telephone', () => {
    expect(columnsIn(1440, 780)(2)).toBe(2);
    expect(columnsIn(344, 610)(2)).toBe(1);
  });

  it('chooses the columns that people expect on a desktop', () => {
    const columns = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(columnsIn(1264, 676));
    expect(columns).toEqual([1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4]);
  });

  it('stays inside the box, for one to twelve people and any window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 344, max: 3000 }),
        fc.integer({ min: 500, max: 2000 }),
        (count, width, height) => {
          const { columns, tileWidth, tileHeight } = gridLayout(count, { width, height }, GAP);
          const rows = Math.ceil(count / columns);
          expect(tileWidth).toBeGreaterThan(100);
          expect(tileHeight).toBeGreaterThan(56);
          expect(columns * tileWidth + (columns - 1) * GAP).toBeLessThanOrEqual(width);
          expect(rows * tileHeight + (rows - 1) * GAP).toBeLessThanOrEqual(height);
        },
      ),
    );
  });

  it('never cuts more than half of a picture off on a desktop', () => {
    for (let count = 1; count <= 12; count += 1) {
      const { tileWidth, tileHeight } = gridLayout(count, { width: 1424, height: 776 }, GAP);
      expect(tileWidth / tileHeight).toBeGreaterThanOrEqual(0.99);
      expect(tileWidth / tileHeight).toBeLessThanOrEqual(1.8);
    }
  });

  it('scrolls rather than making tiles in which nobody can be seen', () => {
    const { columns, tileWidth } = gridLayout(50, { width: 344, height: 610 }, GAP);
    expect(columns).toBe(2);
    expect(tileWidth).toBe(168);
  });

  it('survives a box that has not been measured yet', () => {
    const { columns, tileWidth, tileHeight } = gridLayout(3, { width: 0, height: 0 }, GAP);
    expect(columns).toBeGreaterThanOrEqual(1);
    expect(tileWidth).toBe(0);
    expect(tileHeight).toBe(0);
  });
});

describe('startOfTile', () => {
  it('puts an incomplete last row in the middle', () => {
    // Two columns are four half columns: the third tile takes the second and the third.
    expect([0, 1, 2].map((index) => startOfTile(index, 3, 2))).toEqual([undefined, undefined, 2]);
    expect([3, 4].map((index) => startOfTile(index, 5, 3))).toEqual([2, undefined]);
  });

  it('leaves a complete last row alone', () => {
    expect([0, 1, 2, 3].map((index) => startOfTile(index, 4, 2))).toEqual(Array(4).fill(undefined));
  });
});
