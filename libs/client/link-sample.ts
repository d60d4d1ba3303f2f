import { fullBitrateOf } from './encodings.ts';

/** One copy of a track, as one link sends it. Times and packets count from its beginning. */
export interface CopySample {
  readonly timeMs: number;
  readonly packetsSent: number;
  /** What its picture is worth sending with; 0 for audio. */
  readonly wantedBps: number;
  /** Why it is sent smaller or less often than captured, at this moment. */
  readonly limitation: string;
  /** For how long it was, in seconds, by reason; null where the browser does not tell. */
  readonly limitedS: Readonly<Record<string, number>> | null;
  /** The share of packets that the other end missed, when it last said so; null: it has not. */
  readonly lossShare: number | null;
}

/** What one link's statistics say of what is sent over it, at one time (https://www.w3.org/TR/webrtc-stats/). */
export interface LinkSample {
  /** By the id of their statistics. Without those that nothing is captured for. */
  readonly copies: ReadonlyMap<string, CopySample>;
  /** What congestion control takes the way to carry; null where the browser does not tell. */
  readonly availableBps: number | null;
  /** Whether it goes through a TURN server, ours or theirs. */
  readonly relayed: boolean;
}

type Report = ReadonlyMap<string, unknown>;
type Of<Stats> = Partial<Stats> | undefined;

/** Not in TypeScript's DOM library: RTCRemoteInboundRtpStreamStats and RTCIceCandidateStats (W3C webrtc-stats §8.4 and §8.11). */
interface RemoteInboundStats {
  readonly fractionLost: number;
}
interface CandidateStats {
  readonly candidateType: RTCIceCandidateType;
}
interface VideoSourceStats {
  readonly height: number;
}

export function readLink(report: Report): LinkSample {
  const pair = selectedPair(report);
  return {
    copies: new Map(
      ofType<RTCOutboundRtpStreamStats>(report, 'outbound-rtp')
        .filter(({ mediaSourceId }) => mediaSourceId !== undefined)
        .map((outbound) => [outbound.id, readCopy(report, outbound)]),
    ),
    availableBps: pair?.availableOutgoingBitrate ?? null,
    relayed: [pair?.localCandidateId, pair?.remoteCandidateId].some(
      (id) => (report.get(id ?? '') as Of<CandidateStats>)?.candidateType === 'relay',
    ),
  };
}

function readCopy(report: Report, outbound: RTCOutboundRtpStreamStats): CopySample {
  const { timestamp, packetsSent = 0, kind, mediaSourceId = '', remoteId = '' } = outbound;
  const source = report.get(mediaSourceId) as Of<VideoSourceStats>;
  return {
    timeMs: timestamp,
    packetsSent,
    wantedBps: kind === 'video' && source?.height !== undefined ? fullBitrateOf(source.height) : 0,
    limitation: outbound.qualityLimitationReason ?? 'none',
    limitedS: outbound.qualityLimitationDurations ?? null,
    lossShare: (report.get(remoteId) as Of<RemoteInboundStats>)?.fractionLost ?? null,
  };
}

/** Several pairs may have been nominated in the course of a link. Firefox has no `selectedCandidatePairId`, but says so of the pair. */
function selectedPair(report: Report): RTCIceCandidatePairStats | undefined {
  const [transport] = ofType<RTCTransportStats>(report, 'transport');
  const id = transport?.selectedCandidatePairId;
  const pairs = ofType<RTCIceCandidatePairStats & { readonly selected?: boolean }>(report, 'candidate-pair');
  return pairs.find((pair) => (id === undefined ? pair.selected === true : pair.id === id));
}

function ofType<Stats extends RTCStats>(report: Report, type: RTCStatsType): Stats[] {
  return [...report.values()].filter((one): one is Stats => (one as RTCStats).type === type);
}
