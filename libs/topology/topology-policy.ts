import type { Topology, TopologyReason, TopologyWish } from '#protocol';

/** What only a server can do with media: who records, injects, observes or enforces needs it to pass through one. */
export type ServerMediaNeed = 'recorder' | 'whip-source' | 'hidden-observer' | 'enforced-mute';

/** All that bears on which topology a room should have. */
export interface TopologyFacts {
  /** In the room. */
  readonly present: number;
  /** The room's setting. */
  readonly wish: TopologyWish;
  /** Somebody's address is not to be seen by the others. */
  readonly relayOnly: boolean;
  readonly serverMedia: ReadonlySet<ServerMediaNeed>;
  /** A pair has no direct route, and it is too early to try again. */
  readonly meshFailed: boolean;
  /** A mesh failed just now, and there is no other plane that carries everyone. */
  readonly stranded: boolean;
  /** Somebody's uplink, CPU or loss does not carry one copy for each of the others. */
  readonly constrained: boolean;
  /** A link goes through a TURN relay. */
  readonly relayed: boolean;
  /** A media worker can be had. */
  readonly sfuAvailable: boolean;
}

export interface TopologyDecision {
  readonly topology: Topology;
  readonly reason: TopologyReason;
}

/** What a mesh can be at all: beyond it nobody's uplink carries the copies. */
export const MESH_LIMIT = 4;

const decision = (topology: Topology, reason: TopologyReason): TopologyDecision => ({ topology, reason });

/** Which topology a room should have, and why. A pure function of the facts; when to follow it is the controller's affair. */
export class TopologyPolicy {
  readonly #meshMaxParticipants: number;

  constructor(options: { readonly meshMaxParticipants: number }) {
    this.#meshMaxParticipants = Math.min(options.meshMaxParticipants, MESH_LIMIT);
  }

  decide(facts: TopologyFacts): TopologyDecision {
    if (facts.wish === 'sfu') return decision('sfu', 'room-setting');
    // What must be, before what is wished: a mesh obeys no server, and hides no address.
    if (facts.serverMedia.size > 0) return decision('sfu', 'server-media');
    if (facts.relayOnly) return decision('sfu', 'relay-only');
    // A call over another topology than is wished is better than none.
    if (facts.wish === 'mesh' && facts.stranded && facts.sfuAvailable) return decision('sfu', 'mesh-failed');
    if (facts.wish === 'mesh') return decision('mesh', 'room-setting');
    if (!facts.sfuAvailable && facts.present <= MESH_LIMIT) return decision('mesh', 'sfu-unavailable');
    if (facts.present > this.#meshMaxParticipants) return decision('sfu', 'exceeds-mesh');
    if (facts.meshFailed) return decision('sfu', 'mesh-failed');
    // One copy is what an SFU wants as well, and even relayed it stays encrypted from end to end: two are always better off directly.
    // Of three or more, a relay carries every copy that an SFU would carry once.
    if ((facts.constrained || facts.relayed) && facts.present > 2) return decision('sfu', 'constrained');
    return decision('mesh', 'fits-mesh');
  }
}
