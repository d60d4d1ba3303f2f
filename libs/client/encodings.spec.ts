import { describe, expect, it } from '@jest/globals';
import { encodingsFor } from './encodings.ts';

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

  it('sends a screen once, in full size', () => {
    expect(encodingsFor('screen', camera(1080))).toMatchObject([{ scaleResolutionDownBy: 1 }]);
  });

  it('sends sound in one piece', () => {
    const mic = { kind: 'audio' } as MediaStreamTrack;
    expect(encodingsFor('mic', mic)).toEqual([]);
  });
});
