import { describe, expect, it } from '@jest/globals';
import { chooseLayer } from './layer-choice.ts';

const HD = { width: 1280, height: 720 };

describe('the layer for a picture', () => {
  it.each([
    [1920, 1080, 2],
    [1280, 720, 2],
    [810, 456, 2],
    // Enlarged by a quarter, the middle layer still does.
    [800, 450, 1],
    [640, 360, 1],
    [400, 225, 0],
    [10, 10, 0],
    [Infinity, Infinity, 2],
  ])('of %ix%i is layer %i of three', (width, height, layer) => {
    expect(chooseLayer(2, HD, { width, height })).toBe(layer);
  });

  it('fills the side that needs more: the picture may be cropped to the tile', () => {
    expect(chooseLayer(2, HD, { width: 200, height: 700 })).toBe(2);
    expect(chooseLayer(2, { width: 360, height: 640 }, { width: 320, height: 180 })).toBe(2);
  });

  it('is the highest where nobody knows the size', () => {
    expect(chooseLayer(2, null, { width: 10, height: 10 })).toBe(2);
  });

  it('is the only one where there is one', () => {
    expect(chooseLayer(0, HD, { width: 10, height: 10 })).toBe(0);
  });
});
