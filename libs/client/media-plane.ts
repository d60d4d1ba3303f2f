import type { Emitter } from '#kernel';
import type { Epoch, ParticipantId, ParticipantInfo, Source, Topology } from '#protocol';
import type { LocalTrack } from './local-media.ts';

/** A remote track, with the receiver that tells what it does. */
export interface RemoteTrack {
  readonly track: MediaStreamTrack;
  readonly receiver: RTCRtpReceiver;
}

export interface PlaneEvents {
  /** A remote track is there, or (null) is no more. */
  track: {
    readonly participantId: ParticipantId;
    readonly source: Source;
    readonly remote: RemoteTrack | null;
  };
  /** A participant, or (null) nobody at all, can be reached through this plane. */
  failed: { readonly participantId: ParticipantId | null; readonly cause: string };
}

/** The client's half of one topology in one epoch. */
export interface MediaPlane {
  readonly topology: Topology;
  readonly epoch: Epoch;
  readonly events: Emitter<PlaneEvents>;

  addParticipant(participant: ParticipantInfo): void;
  removeParticipant(id: ParticipantId): void;

  /** Sends a track, or another one in its place. The plane never stops or disables a track: it may be in two planes at once. */
  publish(local: LocalTrack): Promise<void>;
  unpublish(source: Source): Promise<void>;

  /** Whether media can flow to and from the participant now, sent or not. */
  connected(id: ParticipantId): boolean;
  /** W3C statistics (RTCStatsReport) of all that the participant sends us. */
  stats(id: ParticipantId): Promise<RTCStatsReport[]>;

  /** May be called twice. */
  close(): void;
}
