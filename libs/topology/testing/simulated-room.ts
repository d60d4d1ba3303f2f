import { DomainError, SilentLog, TaskQueue } from '#kernel';
import { FakeMediaEngine } from '#media/testing';
import {
  roomNameSchema,
  type Epoch,
  type LiveTopology,
  type ParticipantId,
  type ParticipantInfo,
  type RoomName,
  type SfuSetup,
  type TopologyWish,
} from '#protocol';
import { Room, RoomOutlet } from '#rooms';
import { NoHandoverMetrics } from '../handover-metrics.ts';
import { RoomTopologyController } from '../room-topology-controller.ts';
import { TopologyPolicy, type ServerMediaNeed } from '../topology-policy.ts';
import { ensure, ensureSame } from './ensure.ts';
import { ServerWatch } from './server-watch.ts';
import { SimulatedClient, type Manner, type SimulatedPlane } from './simulated-client.ts';
import { StepClock } from './step-clock.ts';
import { SETTINGS, enter } from './topology-world.ts';

/** After so long without a word the server gives a connection up. */
const PING_TIMEOUT_MS = 20_000;

const REFUSALS: ReadonlySet<string> = new Set(['MEDIA_UNAVAILABLE', 'SUPERSEDED_EPOCH', 'NOT_FOUND']);

/** A room with clients that have a mind of their own, a network that comes and goes, and a clock that the test turns. */
export class SimulatedRoom extends RoomOutlet {
  readonly engine = new FakeMediaEngine();
  readonly clock = new StepClock();
  readonly watch: ServerWatch;
  readonly controller: RoomTopologyController;
  readonly room: Room;
  readonly wish: TopologyWish;
  readonly meshMaxParticipants: number;
  readonly needs = new Set<ServerMediaNeed>();
  /** Whether anybody has said how its links are. */
  hasWeak = false;
  /** In the room, in the order in which they joined. */
  readonly clients: SimulatedClient[] = [];
  /** The clients' time: apart from the server's, so that a timer that the server forgot is seen. */
  readonly #pageClock = new StepClock();
  readonly #queue = new TaskQueue();
  readonly #byId = new Map<ParticipantId, SimulatedClient>();
  readonly #bySession = new Map<string, SimulatedClient>();
  readonly #relayed = new Set<ParticipantId>();
  /** Pairs without a direct route. */
  readonly #cut = new Set<string>();
  /** Those whom the SFU does not reach. */
  readonly #unreached = new Set<SimulatedClient>();
  readonly #defects: unknown[] = [];
  #sessions = 0;

  constructor(wish: TopologyWish, meshMaxParticipants: number) {
    super();
    this.wish = wish;
    this.meshMaxParticipants = meshMaxParticipants;
    this.room = new Room(roomNameSchema.parse('stand-up'), { maxParticipants: 50, topology: wish }, this);
    this.watch = new ServerWatch(this.room, this.clock);
    this.controller = new RoomTopologyController({
      room: this.room,
      engine: this.engine,
      policy: new TopologyPolicy({ meshMaxParticipants }),
      settings: SETTINGS,
      clock: this.clock,
      log: new SilentLog(),
      metrics: new NoHandoverMetrics(),
      inRoom: (task) => this.#queue.run(task),
    });
  }

  // What happens.

  join(manner: Manner): void {
    this.#sessions += 1;
    const sessionId = `session-${this.#sessions}`;
    const client = new SimulatedClient(manner, this.#pageClock, this, this);
    this.#bySession.set(sessionId, client);
    const { relayOnly } = manner;
    this.#do(async () => {
      const { topology, snapshot } = await enter(this.room, this.controller, { sessionId, relayOnly });
      this.watch.answered(topology);
      this.clients.push(client);
      const others = snapshot.participants.filter(({ id }) => id !== client.id);
      client.welcome({ topology, others, seq: snapshot.seq });
    });
  }

  leave(client: SimulatedClient): void {
    client.close();
    this.#do(() => this.#remove(client));
  }

  /** It is there no more, and the server does not know yet. */
  vanish(client: SimulatedClient): void {
    client.close();
    this.#pageClock.after(PING_TIMEOUT_MS, () => this.#do(() => this.#remove(client)));
  }

  /** Its page stands still, or goes on. */
  stall(client: SimulatedClient, stalled: boolean): void {
    client.down.stalled = stalled;
    client.up.stalled = stalled;
  }

  cutRoute(one: SimulatedClient, other: SimulatedClient, isCut: boolean): void {
    const key = routeOf(one.id, other.id);
    if (isCut) this.#cut.add(key);
    else this.#cut.delete(key);
  }

  cutSfu(client: SimulatedClient, isCut: boolean): void {
    if (isCut) this.#unreached.add(client);
    else this.#unreached.delete(client);
  }

  require(need: ServerMediaNeed, required: boolean): void {
    if (required) this.needs.add(need);
    else this.needs.delete(need);
    this.#do(() => this.controller.requireServerMedia(need, required));
  }

  preview(session: string, looks: boolean): void {
    this.#do(() => (looks ? this.controller.previewed(session) : this.controller.previewEnded(session)));
  }

  reportLinks({ id }: SimulatedClient, what: 'uplinkLimited' | 'relayed' | null): void {
    const conditions = { cpuLimited: false, uplinkLimited: false, lossy: false, relayed: false };
    if (what !== null) conditions[what] = true;
    this.fromSeat(id, () => {
      const { live } = this.controller;
      if (live === null) return;
      this.controller.linksReported(id, live.epoch, conditions);
      this.hasWeak = true;
    });
  }

  killWorker(): void {
    this.watch.sfuTrouble = true;
    this.engine.routers.findLast(({ closed }) => !closed)?.die();
  }

  /** Nothing that can be mended is broken any more: clients answer, and the SFU reaches everyone. */
  heal(): void {
    for (const client of this.clients) {
      client.silent = false;
      this.stall(client, false);
    }
    this.#unreached.clear();
    this.setSfu(true);
  }

  setSfu(available: boolean): void {
    this.engine.available = available;
    if (!available) this.watch.sfuTrouble = true;
  }

  /** By the rules of the documentation, not by the policy's own. */
  get wanted(): 'mesh' | 'sfu' {
    const { wish, needs, room, meshMaxParticipants } = this;
    if (wish === 'sfu' || needs.size > 0 || room.participants.some(({ relayOnly }) => relayOnly))
      return 'sfu';
    return wish === 'mesh' || room.size <= meshMaxParticipants ? 'mesh' : 'sfu';
  }

  /** How many of the pairs that are there have no direct route. */
  get cutPairs(): number {
    return pairsOf(this.clients).filter(([a, b]) => this.#cut.has(routeOf(a.id, b.id))).length / 2;
  }

  // Time.

  /** Goes from one event to the next, as far as that. */
  async pass(byMs: number): Promise<void> {
    const end = this.clock.now() + byMs;
    await this.settle();
    while (this.clock.now() < end) {
      const next = Math.min(this.clock.next ?? end, this.#pageClock.next ?? end, end);
      const step = next - this.clock.now();
      this.clock.advance(step);
      this.#pageClock.advance(step);
      await this.settle();
    }
  }

  /** All that happens without time passing. */
  async settle(): Promise<void> {
    for (let round = 0; ; round += 1) {
      ensure(round < 1000, 'an end: it goes round in circles');
      do await new Promise((resolve) => void setImmediate(resolve));
      while (this.#queue.size > 0);
      let busy = false;
      for (const client of this.clients) {
        if (client.gone) continue;
        for (const message of client.down.take()) {
          busy = true;
          client.receive(message);
        }
        client.look();
      }
      for (const client of this.clients) {
        for (const task of client.up.take()) {
          busy = true;
          this.fromSeat(client.id, task);
        }
      }
      if (!busy && this.#queue.size === 0) break;
    }
    if (this.#defects.length > 0) throw this.#defects[0];
    this.watch.check();
    ensure(this.clock.pending <= this.#explainedTimers(), 'no timer that nobody can explain');
  }

  // What clients ask: each in its turn in the room's queue, if they are still there.

  fromSeat(id: ParticipantId, task: () => void): void {
    this.#do(() => {
      if (this.room.has(id)) task();
    });
  }

  connect(id: ParticipantId, setup: SfuSetup): void {
    const plane = [...(this.#byId.get(id)?.planes.values() ?? [])].find((one) => one.setup === setup);
    const known = this.#knows(id, setup);
    if (plane === undefined) return;
    plane.connected = known;
    plane.refused = !known;
  }

  relay(...signal: Parameters<RoomTopologyController['relay']>): void {
    this.controller.relay(...signal);
  }

  switched(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch): void {
    this.controller.switched(receiver, sender, epoch);
    this.watch.switched(receiver, sender, epoch);
  }

  failed(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch, cause: string): void {
    this.watch.failed(receiver, sender, epoch);
    this.controller.failed(receiver, sender, epoch, cause);
  }

  report(receiver: ParticipantId, epoch: Epoch): void {
    this.controller.reported(receiver, { epoch, paths: [] });
  }

  // What the network does.

  flows(receiver: SimulatedClient, sender: ParticipantId, plane: SimulatedPlane): boolean {
    const other = this.#byId.get(sender);
    const theirs = other?.planes.get(plane.epoch);
    if (other === undefined || theirs === undefined || other.gone) return false;
    if (plane.topology === 'mesh') {
      const negotiated =
        plane.links.get(sender) === 'negotiated' && theirs.links.get(receiver.id) === 'negotiated';
      return negotiated && !this.#cut.has(routeOf(receiver.id, sender));
    }
    return [[receiver, plane] as const, [other, theirs] as const].every(
      ([client, one]) => one.connected && !this.#unreached.has(client) && this.#knows(client.id, one.setup),
    );
  }

  isInterrupted(receiver: SimulatedClient, sender: ParticipantId, plane: SimulatedPlane): boolean {
    if (plane.topology === 'mesh')
      return plane.links.get(sender) === 'negotiated' && this.#cut.has(routeOf(receiver.id, sender));
    if (plane.refused) return true;
    return plane.connected && (this.#unreached.has(receiver) || !this.#knows(receiver.id, plane.setup));
  }

  // What the server says.

  override attach(_room: RoomName, info: ParticipantInfo, sessionId: string): void {
    const client = this.#bySession.get(sessionId);
    if (client === undefined) throw new Error(`nobody has ${sessionId}`);
    client.self = { id: info.id, joinedSeq: info.joinedSeq };
    this.#byId.set(info.id, client);
    this.#relayed.add(info.id);
  }

  override detach(_room: RoomName, id: ParticipantId): void {
    this.#relayed.delete(id);
  }

  override broadcast(_room: RoomName, name: string, payload: unknown, except?: ParticipantId): void {
    this.watch.said(name, payload);
    for (const id of this.#relayed) if (id !== except) this.#deliver(id, name, payload);
  }

  override notify(to: ParticipantId, name: string, payload: unknown): void {
    if (!this.#relayed.has(to)) return;
    this.watch.said(name, payload);
    this.#deliver(to, name, payload);
  }

  override request(to: ParticipantId, name: string, payload: unknown): Promise<void> {
    this.notify(to, name, payload);
    return Promise.resolve();
  }

  // What must be.

  /** For each of two who are there: that there is exactly one path, over the plane that is live, and that the server carries it. */
  checkPaths(live: LiveTopology): void {
    const { epoch } = live;
    for (const client of this.clients) {
      ensureSame([...client.planes.keys()], [epoch], 'one plane, which is the live one');
      ensure(!client.isPreparing, 'no handover that only a client is in');
      ensureSame(client.peers.size, this.clients.length - 1, 'everyone to know everyone');
    }
    for (const [receiver, sender] of pairsOf(this.clients)) {
      const peer = receiver.peers.get(sender.id);
      // The pair that has no route has no media, in a room that wishes a mesh nevertheless: but the place for it.
      const isCut = live.topology === 'mesh' && this.#cut.has(routeOf(receiver.id, sender.id));
      if (!isCut || peer?.live !== null) {
        ensureSame(peer?.live, epoch, 'the path to be the live one');
        ensureSame([...(peer?.paths ?? [])], [epoch], 'one path');
      }
      const ours = receiver.planes.get(epoch);
      const theirs = sender.planes.get(epoch);
      ensureSame(ours?.topology, live.topology, "the receiver's plane");
      ensureSame(theirs?.topology, live.topology, "the sender's plane");
      if (live.topology === 'sfu') continue;
      ensureSame(ours?.links.get(sender.id), 'negotiated', 'the link');
      this.controller.relay(receiver.id, sender.id, epoch, { type: 'candidate', candidate: null });
    }
    if (live.topology === 'mesh') return;
    for (const { id, planes } of this.clients) {
      const plane = planes.get(epoch);
      ensure(plane?.connected === true && this.#knows(id, plane.setup), 'transports that the server has');
    }
  }

  /** How many timers the server may have at most, by what has happened. */
  #explainedTimers(): number {
    const { size } = this.room;
    if (size === 0) return 0;
    const { underWay, draining, awaitingReports, meshTrouble, sfuTrouble } = this.watch;
    const deadline = underWay === null ? 0 : 1;
    const dwell = this.wanted === 'mesh' && this.controller.live?.topology === 'sfu' ? 1 : 0;
    const pairs = meshTrouble ? (size * (size - 1)) / 2 + 1 : 0;
    return (
      deadline + draining + awaitingReports + dwell + pairs + (sfuTrouble ? 1 : 0) + (this.hasWeak ? size : 0)
    );
  }

  #deliver(id: ParticipantId, name: string, payload: unknown): void {
    this.#byId.get(id)?.down.send([name, payload as never]);
  }

  #knows(id: ParticipantId, setup: SfuSetup | null): boolean {
    if (setup === null) return false;
    try {
      return (
        this.controller.sfuOf(id, setup.sendTransport.id) ===
        this.controller.sfuOf(id, setup.recvTransport.id)
      );
    } catch (error) {
      if (DomainError.is(error)) return false;
      throw error;
    }
  }

  #remove(client: SimulatedClient): void {
    const index = this.clients.indexOf(client);
    if (index === -1) return;
    this.clients.splice(index, 1);
    this.#unreached.delete(client);
    if (!this.room.remove(client.id, 'left')) return;
    this.watch.left();
    if (!this.engine.available) this.watch.sfuTrouble = true;
    this.controller.release(client.id);
  }

  /** Requests may be refused, in the words of the protocol; anything else is a defect. */
  #do(task: () => void | Promise<void>): void {
    this.#queue.run(task).catch((error: unknown) => {
      if (!DomainError.is(error) || !REFUSALS.has(error.code)) this.#defects.push(error);
    });
  }
}

const routeOf = (one: ParticipantId, other: ParticipantId): string => [one, other].toSorted().join(' ');

/** Receiver and sender. */
function pairsOf(clients: readonly SimulatedClient[]): [SimulatedClient, SimulatedClient][] {
  return clients.flatMap((one) =>
    clients.filter((other) => other !== one).map((other): [SimulatedClient, SimulatedClient] => [one, other]),
  );
}
