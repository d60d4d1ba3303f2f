import type { Source } from '#protocol';

// Chromium caps simulcast by the captured size, silently: with three encodings at 640x360 the highest layer never flows. So there
// are as many as the size carries, each half the one above it.
const TWO_LAYERS_FROM_HEIGHT = 240;
const THREE_LAYERS_FROM_HEIGHT = 540;

const TOP_BITRATE_BPS = [
  { fromHeight: 1080, maxBitrate: 3_000_000 },
  { fromHeight: 720, maxBitrate: 1_700_000 },
  { fromHeight: 540, maxBitrate: 1_200_000 },
  { fromHeight: 360, maxBitrate: 800_000 },
  { fromHeight: 0, maxBitrate: 300_000 },
];

export interface Encoding extends RTCRtpEncodingParameters {
  scalabilityMode: string;
}

/** What a picture of that height is worth sending with, in bit/s. */
export function fullBitrateOf(height: number): number {
  return TOP_BITRATE_BPS.find(({ fromHeight }) => height >= fromHeight)?.maxBitrate ?? 300_000;
}

/** What to send to the SFU of a video track, lowest layer first. Empty for audio. */
export function encodingsFor(source: Source, track: MediaStreamTrack): Encoding[] {
  if (track.kind !== 'video') return [];
  const { height = 360 } = track.getSettings();
  const top = fullBitrateOf(height);
  // Text must stay sharp: a screen is sent once, in full size.
  const layers =
    source === 'screen'
      ? 1
      : height >= THREE_LAYERS_FROM_HEIGHT
        ? 3
        : height >= TWO_LAYERS_FROM_HEIGHT
          ? 2
          : 1;
  return Array.from({ length: layers }, (_, layer) => {
    const scaleResolutionDownBy = 2 ** (layers - 1 - layer);
    return {
      scaleResolutionDownBy,
      maxBitrate: Math.round(top / scaleResolutionDownBy ** 2.3),
      scalabilityMode: 'L1T1',
    };
  });
}
