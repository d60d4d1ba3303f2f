import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gridCapacity, gridLayout, gridRects } from './grid-layout.ts';

const GAP = 8;
const DESKTOP = { width: 1424, height: 776 };
const PHONE = { width: 344, height: 600 };
const columnsIn = (width: number, height: number) => (count: number) =>
  gridLayout(count, { width, height }, GAP).columns;

describe('gridLayout', () => {
  it('puts two side by side on a desktop and one above the other on a telephone', () => {
    expect(columnsIn(1440, 780)(2)).toBe(2);
    expect(columnsIn(344, 610)(2)).toBe(1);
  });

  it('chooses the columns that people expect on a desktop', () => {
    const columns = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 25, 49].map(columnsIn(1264, 676));
    expect(columns).toEqual([1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 5, 7]);
  });

  it('never cuts more than half of a picture off on a desktop', () => {
    for (let count = 1; count <= 49; count += 1) {
      const { tileWidth, tileHeight } = gridLayout(count, DESKTOP, GAP);
      expect(tileWidth / tileHeight).toBeGreaterThanOrEqual(0.99);
      expect(tileWidth / tileHeight).toBeLessThanOrEqual(1.8);
    }
  });

  it('fills most of a desktop from one to 49', () => {
    for (let count = 1; count <= 49; count += 1) {
      const { columns, tileWidth, tileHeight } = gridLayout(count, DESKTOP, GAP);
      const used = columns * tileWidth * Math.ceil(count / columns) * tileHeight;
      expect(used / (DESKTOP.width * DESKTOP.height)).toBeGreaterThan(0.7);
    }
  });

  it('survives a box that has not been measured yet', () => {
    const { columns, tileWidth, tileHeight } = gridLayout(3, { width: 0, height: 0 }, GAP);
    expect(columns).toBeGreaterThanOrEqual(1);
    expect(tileWidth).toBe(0);
    expect(tileHeight).toBe(0);
  });
});

describe('gridCapacity', () => {
  it('has place for 49 on a desktop, and for fewer where they could not be seen', () => {
    expect(gridCapacity(DESKTOP, GAP)).toBe(49);
    expect(gridCapacity({ width: 1008, height: 520 }, GAP)).toBe(42);
    expect(gridCapacity(PHONE, GAP)).toBe(10);
  });

  it('always has place for one', () => {
    expect(gridCapacity({ width: 0, height: 0 }, GAP)).toBe(1);
  });
});

describe('gridRects', () => {
  it('puts an incomplete last row in the middle', () => {
    const [first, second, third] = gridRects(3, DESKTOP, GAP);
    expect(first?.y).toBe(second?.y);
    expect((third?.x ?? 0) + (third?.width ?? 0) / 2).toBeCloseTo(DESKTOP.width / 2, 0);
  });

  it('keeps every tile inside the box and apart from the others, on any page of any window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 344, max: 3000 }),
        fc.integer({ min: 400, max: 2000 }),
        fc.integer({ min: 1, max: 49 }),
        (width, height, wanted) => {
          const box = { width, height };
          const rects = gridRects(Math.min(wanted, gridCapacity(box, GAP)), box, GAP);
          for (const [index, one] of rects.entries()) {
            expect(one.x).toBeGreaterThanOrEqual(0);
            expect(one.y).toBeGreaterThanOrEqual(0);
            expect(one.x + one.width).toBeLessThanOrEqual(width + 1);
            expect(one.y + one.height).toBeLessThanOrEqual(height + 1);
            expect(one.width).toBeGreaterThan(100);
            expect(one.height).toBeGreaterThan(60);
            for (const other of rects.slice(index + 1)) {
              const apart =
                one.x + one.width <= other.x ||
                other.x + other.width <= one.x ||
                one.y + one.height <= other.y ||
                other.y + other.height <= one.y;
              expect(apart).toBe(true);
            }
          }
        },
      ),
    );
  });
});
