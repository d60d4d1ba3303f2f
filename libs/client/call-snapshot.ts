import type {
  LeaveReason,
  ParticipantId,
  Permission,
  Role,
  RoomVisibility,
  Source,
  SourceState,
  Topology,
  TopologyReason,
} from '#protocol';
import type { CallError } from './call-error.ts';
import type { ChatSnapshot } from './chat-log.ts';

/**
 * `new`: not joined yet. `reconnecting`: the signaling connection was lost, and is tried again.
 * `left` and `failed` are final.
 */
export type CallState = 'new' | 'joining' | 'joined' | 'reconnecting' | 'left' | 'failed';

export interface LocalParticipantView {
  /** Null before the first join. */
  readonly id: ParticipantId | null;
  readonly displayName: string;
  readonly role: Role | null;
  readonly permissions: readonly Permission[];
  readonly sources: readonly SourceState[];
  /** As of the others; null while your hand is down. */
  readonly handSeq: number | null;
}

export interface RemoteParticipantView {
  readonly id: ParticipantId;
  readonly displayName: string;
  readonly role: Role;
  readonly sources: readonly SourceState[];
  /** Of two raised hands the one with the lower number was first; null while the hand is down. */
  readonly handSeq: number | null;
  /** Over which topology its media reaches you; null while none does. */
  readonly path: Topology | null;
  /** Microphone and camera. The same object for as long as the participant is there: set `srcObject` once. */
  readonly stream: MediaStream;
  /** Screen and its sound, likewise. Empty while no screen is shared. */
  readonly screenStream: MediaStream;
  /** The microphone by itself, for a page whose pictures come and go while the sound must not. */
  readonly voice: MediaStream;
  /** The screen's sound by itself. */
  readonly screenSound: MediaStream;
}

/** The call as it stands. A new object after each change, so that it can be compared by identity. */
export interface CallSnapshot {
  readonly state: CallState;
  readonly room: string;
  /** Whether the room is listed for everybody; null before the first join. */
  readonly visibility: RoomVisibility | null;
  readonly local: LocalParticipantView;
  /** In the order they joined. */
  readonly participants: readonly RemoteParticipantView[];
  readonly chat: ChatSnapshot;
  /** What carries the media; null before the first join. */
  readonly topology: Topology | null;
  readonly topologyReason: TopologyReason | null;
  readonly epoch: number;
  /** `preparing` while a handover is under way. */
  readonly handover: 'stable' | 'preparing';
  /** Why the call ended, once it has. */
  readonly leaveReason: LeaveReason | null;
  /** Why the call failed, once it has; or why the last attempt to reconnect did. */
  readonly error: CallError | null;
}

/** The participant's stream to play for that source: a picture comes with its sound. */
export function streamOf(participant: RemoteParticipantView, source: Source): MediaStream {
  switch (source) {
    case 'camera':
      return participant.stream;
    case 'mic':
      return participant.voice;
    case 'screen':
      return participant.screenStream;
    case 'screen-audio':
      return participant.screenSound;
  }
}
