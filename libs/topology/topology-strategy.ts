import type { Epoch, ParticipantId, SfuSetup, Topology } from '#protocol';
import type { Participant } from '#rooms';

/** The server's half of one media plane: what one topology needs in one epoch of a room. */
export abstract class TopologyStrategy {
  abstract readonly topology: Topology;
  abstract readonly epoch: Epoch;

  /** Gives the participant a place in the plane, and what its client needs to build its half. */
  abstract admit(participant: Participant): Promise<SfuSetup | null>;
  abstract has(id: ParticipantId): boolean;
  abstract release(id: ParticipantId): void;

  /** May be called twice. */
  abstract close(): void;
}
