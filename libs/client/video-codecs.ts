import type { Device, types } from 'mediasoup-client';
import { FLOOR_CODEC, VIDEO_CODECS, type VideoCodec } from '#protocol';

const isOf = (codec: VideoCodec, mimeType: string): boolean =>
  mimeType.toLowerCase() === `video/${codec.toLowerCase()}`;

/** What this browser can decode. */
export function decodableCodecs(): VideoCodec[] {
  const known = RTCRtpReceiver.getCapabilities?.('video')?.codecs ?? [];
  return VIDEO_CODECS.filter(
    (codec) => codec === FLOOR_CODEC || known.some(({ mimeType }) => isOf(codec, mimeType)),
  );
}

export interface SendingCodec {
  readonly name: VideoCodec;
  readonly capability: types.RtpCodecCapability | undefined;
}

/** The wanted codec as this browser sends it, or the one that every browser can encode. */
export function sendingCodec({ sendRtpCapabilities }: Device, wanted: VideoCodec): SendingCodec {
  const find = (codec: VideoCodec): types.RtpCodecCapability | undefined =>
    sendRtpCapabilities.codecs?.find(({ mimeType }) => isOf(codec, mimeType));
  const capability = find(wanted);
  return capability === undefined
    ? { name: FLOOR_CODEC, capability: find(FLOOR_CODEC) }
    : { name: wanted, capability };
}
