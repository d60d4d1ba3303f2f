import { describe, expect, it } from '@jest/globals';
import { OWN, type Arrangement } from './arrangement.ts';
import { place } from './placement.ts';

const DESKTOP = { width: 1424, height: 776 };
const PHONE = { width: 344, height: 600 };
const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `p${index}`);
const grid = (count: number): Arrangement => ({ stage: null, rest: [...people(count), OWN], floats: false });

describe('place', () => {
  it('shows 49 at once on a desktop', () => {
    const { tiles, pages, pager } = place(grid(48), DESKTOP, 0);
    expect(tiles).toHaveLength(49);
    expect(pages).toBe(1);
    expect(pager).toBeNull();
  });

  it('shows everybody on exactly one page, oneself on the first, and pages of about one size', () => {
    const { pages } = place(grid(24), PHONE, 0);
    expect(pages).toBeGreaterThan(1);
    const shown = Array.from({ length: pages }, (_, page) =>
      place(grid(24), PHONE, page).tiles.map(({ key }) => key),
    );
    expect(shown.flat().toSorted()).toEqual([...people(24), OWN].toSorted());
    expect(shown[0]).toContain(OWN);
    const sizes = shown.map((keys) => keys.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(pages);
  });

  it('shows the last page when there is no longer the one that was looked at', () => {
    const { page, pages, tiles } = place(grid(24), PHONE, 99);
    expect(page).toBe(pages - 1);
    expect(tiles.length).toBeGreaterThan(0);
  });

  it('leaves room for turning the pages', () => {
    const { tiles, pager } = place(grid(24), PHONE, 0);
    const lowest = Math.max(...tiles.map(({ rect }) => rect.y + rect.height));
    expect(lowest).toBeLessThanOrEqual(pager?.y ?? 0);
  });

  it('keeps the stage while the strip turns its pages', () => {
    const arrangement: Arrangement = { stage: 'screen:p0', rest: [OWN, ...people(24)], floats: false };
    const first = place(arrangement, DESKTOP, 0);
    const second = place(arrangement, DESKTOP, 1);
    expect(first.tiles[0]).toEqual(second.tiles[0]);
    expect(first.tiles[0]).toMatchObject({ key: 'screen:p0', place: 'stage' });
    const inStrip = (tiles: typeof first.tiles) => tiles.slice(1).map(({ key }) => key);
    expect(inStrip(first.tiles).some((key) => inStrip(second.tiles).includes(key))).toBe(false);
  });

  it('puts oneself into the corner of the others', () => {
    const { tiles } = place({ stage: null, rest: ['p0', OWN], floats: true }, DESKTOP, 0);
    const [other, own] = tiles;
    expect(own).toMatchObject({ key: OWN, place: 'corner' });
    expect(own?.rect.width).toBeLessThan((other?.rect.width ?? 0) / 4);
    expect((own?.rect.x ?? 0) + (own?.rect.width ?? 0)).toBeLessThan(
      (other?.rect.x ?? 0) + (other?.rect.width ?? 0),
    );
  });
});
