import { describe, expect, it } from '@jest/globals';
import { encodingsFor, spatialLayersOf } from './encodings.ts';

const camera = (height: number) => {
  const track: Partial<MediaStreamTrack> = { kind: 'video', getSettings: () => ({ height }) };
  return track as MediaStreamTrack;
};

describe('encodings for the SFU', () => {
  it.each([
    [180, 1],
    [240, 2],
    [360, 2],
    [540, 3],
    [1080, 3],
  ])('sends of a camera of %i lines %i layers, as many as Chromium lets flow', (height, layers) => {
    const encodings = encodingsFor('camera', camera(height));
    expect(encodings).toHaveLength(layers);
    expect(encodings.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual(
      [4, 2, 1].slice(3 - layers),
    );
  });

  it('gives each layer more than the one below it', () => {
    const bitrates = encodingsFor('camera', camera(720)).map(({ maxBitrate = 0 }) => maxBitrate);
    expect(bitrates).toEqual(bitrates.toSorted((a, b) => a - b));
    expect(new Set(bitrates).size).toBe(3);
  });

  it.each([
    ['VP9', 'L3T3_KEY'],
    ['AV1', 'L1T3'],
  ] as const)('sends %s once, with the layers inside: %s', (codec, scalabilityMode) => {
    expect(encodingsFor('camera', camera(720), codec)).toMatchObject([{ scalabilityMode }]);
  });

  it('has no more layers inside VP9 than the size carries', () => {
    expect(encodingsFor('camera', camera(180), 'VP9')).toMatchObject([{ scalabilityMode: 'L1T3' }]);
  });

  it('sends a screen sharp and slow, and small for who sees it as one tile among others', () => {
    const [small, full] = encodingsFor('screen', camera(1080));
    expect(full).toMatchObject({ scaleResolutionDownBy: 1, maxFramerate: 15 });
    expect(small).toMatchObject({ scaleResolutionDownBy: 2, maxFramerate: 5 });
  });

  it.each([
    [360, 'VP8'],
    [1080, 'VP9'],
  ] as const)('sends a screen of %i lines once in %s', (height, codec) => {
    expect(encodingsFor('screen', camera(height), codec)).toMatchObject([{ scaleResolutionDownBy: 1 }]);
  });

  it('sends sound in one piece', () => {
    const mic = { kind: 'audio' } as MediaStreamTrack;
    expect(encodingsFor('mic', mic)).toEqual([]);
  });
});

it.each([
  ['L3T3_KEY', 3],
  ['S2T1', 2],
  ['L1T1', 1],
  [undefined, 1],
])('a track of the mode %s has %i layers of size', (mode, layers) => {
  expect(spatialLayersOf(mode)).toBe(layers);
});
