import type { Clock, Timer } from '#kernel';
import type {
  Epoch,
  LinkSignal,
  LiveTopology,
  ParticipantId,
  Prepare,
  RoomNotification,
  RoomTopology,
  SfuSetup,
  Topology,
} from '#protocol';
import { Channel } from './channel.ts';

/** How long a path may be interrupted before its receiver gives it up. */
const RECOVERY_MS = 2000;
/** How long after a handover its figures are reported. */
const REPORT_AFTER_MS = 2000;

export interface Remote {
  readonly id: ParticipantId;
  readonly joinedSeq: number;
}

interface Peer extends Remote {
  /** The planes over which media has come. */
  readonly paths: Set<Epoch>;
  live: Epoch | null;
}

export interface SimulatedPlane {
  readonly epoch: Epoch;
  readonly topology: Topology;
  readonly setup: SfuSetup | null;
  /** Mesh: the links that are negotiated. */
  readonly links: Map<ParticipantId, 'new' | 'negotiated'>;
  /** SFU: whether the server knows the transports. */
  connected: boolean;
  refused: boolean;
  drain: Timer | null;
}

/** What lies between the clients: who reaches whom at this moment. */
export interface Network {
  /** Whether media of that sender arrives over the plane. */
  flows(receiver: SimulatedClient, sender: ParticipantId, plane: SimulatedPlane): boolean;
  /** Whether the receiver can tell that its connection is interrupted. */
  isInterrupted(receiver: SimulatedClient, sender: ParticipantId, plane: SimulatedPlane): boolean;
}

/** What a client says to the server. Refusals do not matter to it, as in the real one. */
export interface Uplink {
  connect(id: ParticipantId, setup: SfuSetup): void;
  relay(from: ParticipantId, to: ParticipantId, epoch: Epoch, signal: LinkSignal): void;
  switched(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch): void;
  failed(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch, cause: string): void;
  report(receiver: ParticipantId, epoch: Epoch): void;
}

export interface Manner {
  /** One way, each way. */
  readonly delayMs: number;
  /** From the first media of a candidate path to its proof. */
  readonly provesAfterMs: number;
  readonly relayOnly: boolean;
}

export type ServerMessage = readonly [name: string, payload: never];

export interface Welcome {
  readonly topology: RoomTopology;
  readonly others: readonly Remote[];
  readonly seq: number;
}

const signal = (type: 'offer' | 'answer'): LinkSignal => ({
  type: 'description',
  description: { type, sdp: '' },
  sources: {},
});

/**
 * The client's half of the handover without its media: which planes it holds and which path of each of the others is live. It follows
 * the same rules as `Planes` in libs/client, function by function; whoever changes one changes the other.
 */
export class SimulatedClient {
  readonly manner: Manner;
  readonly down: Channel<ServerMessage>;
  readonly up: Channel<() => void>;
  readonly planes = new Map<Epoch, SimulatedPlane>();
  readonly peers = new Map<ParticipantId, Peer>();
  self: Remote | null = null;
  /** Does as it is told, but tells nobody. */
  silent = false;
  /** Its page is gone: nothing is taken in and nothing said. */
  gone = false;
  readonly #clock: Clock;
  readonly #network: Network;
  readonly #uplink: Uplink;
  readonly #provers = new Map<ParticipantId, Timer | null>();
  readonly #recoveries = new Map<string, Timer | null>();
  #held: ServerMessage[] | null = [];
  #candidate: Epoch | null = null;

  constructor(manner: Manner, clock: Clock, network: Network, uplink: Uplink) {
    this.manner = manner;
    this.#clock = clock;
    this.#network = network;
    this.#uplink = uplink;
    this.down = new Channel(clock, manner.delayMs);
    this.up = new Channel(clock, manner.delayMs);
  }

  get id(): ParticipantId {
    if (this.self === null) throw new Error('the client is not in the room yet');
    return this.self.id;
  }

  /** Whether a handover is under way, by all that it knows. */
  get isPreparing(): boolean {
    return this.#candidate !== null || this.#provers.size > 0;
  }

  /** The answer to the join: comes before all that happened since, and stands for all that happened before. */
  welcome({ topology, others, seq }: Welcome): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const other of others) this.peers.set(other.id, { ...other, paths: new Set(), live: null });
    const { live, sfu, handover, epochs } = topology;
    if (epochs.includes(live.epoch)) this.#open(live.topology, live.epoch, sfu);
    if (handover !== null) this.#prepare(handover);
    for (const message of held) {
      const { seq: at } = message[1] as { readonly seq?: number };
      if (at === undefined || at > seq) this.receive(message);
    }
  }

  receive(message: ServerMessage): void {
    if (this.#held !== null) {
      this.#held.push(message);
      return;
    }
    const [name, payload] = message;
    const handler = this.#handlers[name];
    handler?.(payload);
  }

  /** Looks at what arrives: shows what is new, proves what is on trial, gives up what has been interrupted for too long. */
  look(): void {
    for (const plane of this.planes.values()) {
      for (const peer of this.peers.values()) {
        if (this.#network.flows(this, peer.id, plane)) {
          peer.paths.add(plane.epoch);
          peer.live ??= plane.epoch;
          if (plane.epoch === this.#candidate) this.#try(peer, plane);
        }
        this.#watch(peer, plane);
      }
    }
  }

  /** The page is closed, or the room left. */
  close(): void {
    this.gone = true;
    this.#stopProving();
    for (const epoch of this.planes.keys()) this.#close(epoch);
  }

  readonly #handlers: Readonly<Record<string, (payload: never) => void>> = {
    'participant:joined': ({ participant, epochs }: { participant: Remote; epochs: readonly Epoch[] }) =>
      this.#add(participant, epochs),
    'participant:left': ({ participantId }: { participantId: ParticipantId }) => this.#remove(participantId),
    'topology:prepare': (prepare: Prepare) => this.#prepare(prepare),
    'topology:settled': ({ live, drainMs }: { live: LiveTopology; drainMs: number }) =>
      this.#settle(live, drainMs),
    'topology:aborted': ({ epoch, live, drainMs }: RoomNotification<'topology:aborted'>) =>
      this.#abort(epoch, live, drainMs),
    'link:signaled': (one: { from: ParticipantId; epoch: Epoch; signal: LinkSignal }) => this.#signaled(one),
  };

  #prepare({ epoch, target, sfu }: Prepare): void {
    this.#candidate = epoch;
    this.#open(target, epoch, sfu);
    for (const id of this.peers.keys()) this.#prove(id);
  }

  #settle({ epoch }: LiveTopology, drainMs: number): void {
    this.#stopProving();
    if (!this.planes.has(epoch)) return;
    for (const peer of this.peers.values()) switchTo(peer, epoch);
    this.#report(epoch);
    for (const old of this.planes.values()) {
      if (old.epoch === epoch) continue;
      old.drain ??= this.#clock.after(drainMs, () => this.#close(old.epoch));
    }
  }

  #abort(epoch: Epoch, live: LiveTopology, drainMs: number): void {
    this.#stopProving();
    if (this.planes.has(live.epoch)) for (const peer of this.peers.values()) switchTo(peer, live.epoch);
    const given = this.planes.get(epoch);
    if (drainMs === 0) this.#close(epoch);
    else if (given !== undefined) given.drain ??= this.#clock.after(drainMs, () => this.#close(epoch));
    this.#report(epoch);
  }

  #add({ id, joinedSeq }: Remote, epochs: readonly Epoch[]): void {
    this.peers.set(id, { id, joinedSeq, paths: new Set(), live: null });
    for (const epoch of epochs) {
      const plane = this.planes.get(epoch);
      if (plane === undefined) continue;
      this.#link(plane, { id, joinedSeq });
      if (epoch === this.#candidate) this.#prove(id);
    }
  }

  #remove(id: ParticipantId): void {
    this.#stopProver(id);
    this.peers.delete(id);
    for (const plane of this.planes.values()) {
      plane.links.delete(id);
      this.#recovered(plane.epoch, id);
    }
  }

  #open(topology: Topology, epoch: Epoch, setup: SfuSetup | null): void {
    if (topology === 'sfu' && setup === null) throw new Error(`an SFU of epoch ${epoch} without transports`);
    const plane: SimulatedPlane = {
      epoch,
      topology,
      setup,
      links: new Map(),
      connected: false,
      refused: false,
      drain: null,
    };
    this.planes.set(epoch, plane);
    for (const peer of this.peers.values()) this.#link(plane, peer);
    if (setup !== null) this.#tell(() => this.#uplink.connect(this.id, setup));
  }

  /** Of the two ends of a link, whoever joined first makes the first offer. */
  #link(plane: SimulatedPlane, { id, joinedSeq }: Remote): void {
    if (plane.topology !== 'mesh' || this.self === null) return;
    plane.links.set(id, 'new');
    if (this.self.joinedSeq < joinedSeq)
      this.#tell(() => this.#uplink.relay(this.id, id, plane.epoch, signal('offer')));
  }

  #signaled({ from, epoch, signal: said }: { from: ParticipantId; epoch: Epoch; signal: LinkSignal }): void {
    const plane = this.planes.get(epoch);
    if (plane?.links.has(from) !== true || said.type !== 'description') return;
    plane.links.set(from, 'negotiated');
    if (said.description.type === 'offer')
      this.#tell(() => this.#uplink.relay(this.id, from, epoch, signal('answer')));
  }

  #prove(id: ParticipantId): void {
    this.#stopProver(id);
    this.#provers.set(id, null);
  }

  #try(peer: Peer, { epoch }: SimulatedPlane): void {
    if (this.#provers.get(peer.id) !== null) return;
    const prove = (): void => {
      switchTo(peer, epoch);
      this.#stopProver(peer.id);
      this.#say(() => this.#uplink.switched(this.id, peer.id, epoch));
    };
    if (this.manner.provesAfterMs === 0) prove();
    else this.#provers.set(peer.id, this.#clock.after(this.manner.provesAfterMs, prove));
  }

  #watch({ id }: Peer, plane: SimulatedPlane): void {
    const { epoch } = plane;
    if (plane.drain !== null || !this.#network.isInterrupted(this, id, plane)) {
      this.#recovered(epoch, id);
      return;
    }
    const key = `${epoch} ${id}`;
    if (this.#recoveries.has(key)) return;
    const giveUp = (): void => {
      // Said once for each time that it is interrupted.
      this.#recoveries.set(key, null);
      if (!this.planes.has(epoch) || plane.drain !== null) return;
      this.#say(() => this.#uplink.failed(this.id, id, epoch, 'the connection stayed interrupted'));
    };
    this.#recoveries.set(key, this.#clock.after(RECOVERY_MS, giveUp));
  }

  #recovered(epoch: Epoch, id: ParticipantId): void {
    const key = `${epoch} ${id}`;
    this.#recoveries.get(key)?.cancel();
    this.#recoveries.delete(key);
  }

  #report(epoch: Epoch): void {
    this.#clock.after(REPORT_AFTER_MS, () => this.#say(() => this.#uplink.report(this.id, epoch)));
  }

  /** What it says of its own accord: a silent one does not. */
  #say(task: () => void): void {
    if (!this.silent) this.#tell(task);
  }

  #tell(task: () => void): void {
    if (!this.gone) this.up.send(task);
  }

  #stopProver(id: ParticipantId): void {
    this.#provers.get(id)?.cancel();
    this.#provers.delete(id);
  }

  #stopProving(): void {
    for (const id of this.#provers.keys()) this.#stopProver(id);
    this.#candidate = null;
  }

  #close(epoch: Epoch): void {
    const plane = this.planes.get(epoch);
    plane?.drain?.cancel();
    this.planes.delete(epoch);
    for (const peer of this.peers.values()) {
      this.#recovered(epoch, peer.id);
      peer.paths.delete(epoch);
      if (peer.live === epoch) peer.live = null;
    }
  }
}

function switchTo(peer: Peer, epoch: Epoch): void {
  peer.live = epoch;
  peer.paths.add(epoch);
}
