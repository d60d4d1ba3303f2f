// Apart from the schemas: browsers take these values along, and the schemas not.

/** What video is sent in, as RFC 6838's subtypes name it. RFC 7742 makes every browser know VP8 and H264. */
export const VIDEO_CODECS = ['VP8', 'H264', 'VP9', 'AV1'] as const;

export type VideoCodec = (typeof VIDEO_CODECS)[number];

/** What everybody can decode. */
export const FLOOR_CODEC = 'VP8' satisfies VideoCodec;
