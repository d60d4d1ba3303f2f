import type { ParticipantId, Topology } from '#protocol';

/** How one remote participant reaches you now. */
export interface PathReport {
  readonly participantId: ParticipantId;
  readonly displayName: string;
  /** Null while nothing reaches you. */
  readonly path: Topology | null;
  /** The camera's (or else the microphone's) codec, for example `video/VP8`; null while none is known. */
  readonly codec: string | null;
  /** Video frames decoded since the path's tracks came. */
  readonly framesDecoded: number;
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly audioPacketsReceived: number;
  /** RTP payload received, audio and video. */
  readonly bytesReceived: number;
  /** To the participant in mesh, to the SFU otherwise; null while it has not been measured. */
  readonly roundTripTimeMs: number | null;
}

/** The figures that this SDK reads of W3C's statistics (https://www.w3.org/TR/webrtc-stats/). */
export interface PathFigures {
  codec: string | null;
  framesDecoded: number;
  frameWidth: number;
  frameHeight: number;
  audioPacketsReceived: number;
  bytesReceived: number;
  roundTripTimeMs: number | null;
}

export function readFigures(reports: readonly RTCStatsReport[]): PathFigures {
  const figures: PathFigures = {
    codec: null,
    framesDecoded: 0,
    frameWidth: 0,
    frameHeight: 0,
    audioPacketsReceived: 0,
    bytesReceived: 0,
    roundTripTimeMs: null,
  };
  for (const report of reports) {
    for (const stats of report.values() as Iterable<RTCStats>) readOne(stats, report, figures);
  }
  return figures;
}

function readOne(stats: RTCStats, report: RTCStatsReport, figures: PathFigures): void {
  if (stats.type === 'inbound-rtp') {
    const inbound = stats as RTCInboundRtpStreamStats;
    figures.bytesReceived += inbound.bytesReceived ?? 0;
    const codec =
      inbound.codecId === undefined
        ? undefined
        : (report.get(inbound.codecId) as { mimeType?: string } | undefined);
    if (inbound.kind === 'video') {
      figures.framesDecoded += inbound.framesDecoded ?? 0;
      figures.frameWidth = Math.max(figures.frameWidth, inbound.frameWidth ?? 0);
      figures.frameHeight = Math.max(figures.frameHeight, inbound.frameHeight ?? 0);
      figures.codec = codec?.mimeType ?? figures.codec;
    } else {
      figures.audioPacketsReceived += inbound.packetsReceived ?? 0;
      figures.codec ??= codec?.mimeType ?? null;
    }
  }
  if (stats.type === 'candidate-pair') {
    const { nominated, state, currentRoundTripTime } = stats as RTCIceCandidatePairStats;
    if (nominated === true && state === 'succeeded' && currentRoundTripTime !== undefined) {
      figures.roundTripTimeMs = Math.round(currentRoundTripTime * 1000);
    }
  }
}
