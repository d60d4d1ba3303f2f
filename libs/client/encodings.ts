import { FLOOR_CODEC, type Source, type VideoCodec, type VideoSize } from '#protocol';

// Chromium caps simulcast by the captured size, silently: with three encodings at 640x360 the highest layer never flows. So there
// are as many as the size carries, each half the one above it.
const TWO_LAYERS_FROM_HEIGHT = 240;
const THREE_LAYERS_FROM_HEIGHT = 540;

/** A page of text is read, not watched: it may come slowly, but must be sharp. */
const SCREEN_FRAME_RATE = 15;
const SCREEN_BITRATE_BPS = 2_500_000;
/** For those who see the screen as one small tile among others. */
const SCREEN_PREVIEW_FRAME_RATE = 5;
const SCREEN_PREVIEW_BITRATE_BPS = 250_000;
const SCREEN_PREVIEW_FROM_HEIGHT = 540;

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

/** Of the highest layer; undefined where the browser does not say. */
export function sizeOf(track: MediaStreamTrack): VideoSize | undefined {
  const { width = 0, height = 0 } = track.getSettings();
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/**
 * What to send to the SFU of a video track, lowest layer first. Empty for audio. VP9 and AV1 have their layers inside one encoding (SVC,
 * W3C webrtc-svc), the others one encoding for each (simulcast).
 */
export function encodingsFor(
  source: Source,
  track: MediaStreamTrack,
  codec: VideoCodec = FLOOR_CODEC,
): Encoding[] {
  if (track.kind !== 'video') return [];
  const { height = 360 } = track.getSettings();
  const isSvc = codec === 'VP9' || codec === 'AV1';
  if (source === 'screen') return screenEncodings(height, isSvc);
  const top = fullBitrateOf(height);
  const layers = height >= THREE_LAYERS_FROM_HEIGHT ? 3 : height >= TWO_LAYERS_FROM_HEIGHT ? 2 : 1;
  // mediasoup passes no dependency descriptor on to receivers, without which they cannot put AV1's spatial layers together.
  if (isSvc) return [{ maxBitrate: top, scalabilityMode: svcMode(codec === 'AV1' ? 1 : layers) }];
  return Array.from({ length: layers }, (_, layer) => {
    const scaleResolutionDownBy = 2 ** (layers - 1 - layer);
    return {
      scaleResolutionDownBy,
      maxBitrate: Math.round(top / scaleResolutionDownBy ** 2.3),
      scalabilityMode: 'L1T1',
    };
  });
}

/**
 * The name of the mode with so many spatial layers (W3C webrtc-svc §5). Between key frames none of them needs the one below (`_KEY`): less to
 * forward.
 */
export function svcMode(spatialLayers: number): string {
  return `L${spatialLayers}T3${spatialLayers > 1 ? '_KEY' : ''}`;
}

/** How many spatial layers a mode has; 1 without any. */
export const spatialLayersOf = (scalabilityMode: string | undefined): number =>
  Number(/^[LS](\d)T/.exec(scalabilityMode ?? '')?.[1] ?? 1);

function screenEncodings(height: number, isSvc: boolean): Encoding[] {
  const full = {
    scaleResolutionDownBy: 1,
    maxBitrate: SCREEN_BITRATE_BPS,
    maxFramerate: SCREEN_FRAME_RATE,
    scalabilityMode: 'L1T1',
  };
  if (isSvc || height < SCREEN_PREVIEW_FROM_HEIGHT) return [full];
  const preview = {
    scaleResolutionDownBy: 2,
    maxBitrate: SCREEN_PREVIEW_BITRATE_BPS,
    maxFramerate: SCREEN_PREVIEW_FRAME_RATE,
    scalabilityMode: 'L1T1',
  };
  return [preview, full];
}
