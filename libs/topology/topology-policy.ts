import type { Topology, TopologyReason, TopologyWish } from '#protocol';

/** All that bears on which topology a room should have. */
export interface TopologyFacts {
  readonly participants: number;
  readonly wish: TopologyWish;
}

export interface TopologyDecision {
  readonly topology: Topology;
  readonly reason: TopologyReason;
}

/** Which topology a room should have, and why. A pure function of the facts; when to follow it is the controller's affair. */
export class TopologyPolicy {
  readonly #meshMaxParticipants: number;

  constructor(options: { readonly meshMaxParticipants: number }) {
    this.#meshMaxParticipants = options.meshMaxParticipants;
  }

  decide({ participants, wish }: TopologyFacts): TopologyDecision {
    if (wish !== 'auto') return { topology: wish, reason: 'room-setting' };
    return participants <= this.#meshMaxParticipants
      ? { topology: 'mesh', reason: 'fits-mesh' }
      : { topology: 'sfu', reason: 'exceeds-mesh' };
  }
}
