import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stageLayout } from './stage-layout.ts';

const GAP = 8;
const DESKTOP = { width: 1424, height: 776 };
const PHONE = { width: 344, height: 600 };

describe('stageLayout', () => {
  it('leaves the whole box to a stage without others', () => {
    expect(stageLayout(0, DESKTOP, GAP)).toEqual({
      stage: { x: 0, y: 0, ...DESKTOP },
      strip: [],
      pager: null,
    });
  });

  it('has its strip beside it on a desktop and below it on a telephone', () => {
    const desktop = stageLayout(3, DESKTOP, GAP);
    expect(desktop.strip).toHaveLength(3);
    expect(desktop.strip.every(({ x }) => x >= desktop.stage.width + GAP)).toBe(true);
    const phone = stageLayout(2, PHONE, GAP);
    expect(phone.strip).toHaveLength(2);
    expect(phone.strip.every(({ y }) => y >= phone.stage.height + GAP)).toBe(true);
  });

  it('gives most of the box to the stage', () => {
    for (const box of [DESKTOP, PHONE]) {
      const { stage } = stageLayout(24, box, GAP);
      expect((stage.width * stage.height) / (box.width * box.height)).toBeGreaterThan(0.6);
    }
  });

  it('has rows below the stage of a telephone before it turns pages', () => {
    const { stage, strip, pager } = stageLayout(4, PHONE, GAP);
    expect(strip).toHaveLength(4);
    expect(new Set(strip.map(({ y }) => y)).size).toBe(2);
    expect(stage.height).toBeGreaterThanOrEqual(stage.width);
    expect(pager).toBeNull();
  });

  it('turns pages where the strip is longer than the box', () => {
    expect(stageLayout(5, DESKTOP, GAP).pager).toBeNull();
    const { strip, pager } = stageLayout(24, DESKTOP, GAP);
    expect(strip.length).toBeLessThan(24);
    expect(pager).not.toBeNull();
  });

  it('keeps everything inside the box', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 344, max: 3000 }),
        fc.integer({ min: 500, max: 2000 }),
        (count, width, height) => {
          const { stage, strip, pager } = stageLayout(count, { width, height }, GAP);
          for (const one of [stage, ...strip, ...(pager === null ? [] : [pager])]) {
            expect(one.x).toBeGreaterThanOrEqual(0);
            expect(one.y).toBeGreaterThanOrEqual(0);
            expect(one.x + one.width).toBeLessThanOrEqual(width);
            expect(one.y + one.height).toBeLessThanOrEqual(height);
          }
          expect(strip.length).toBeLessThanOrEqual(count);
          expect(strip.length === count).toBe(pager === null);
        },
      ),
    );
  });
});
