import type { Clock } from '#kernel';
import type { Epoch, LiveTopology, ParticipantId, Prepare, RoomNotification, RoomTopology } from '#protocol';
import type { Room } from '#rooms';
import { ensure, ensureSame } from './ensure.ts';
import { DRAINED_MS, REPORTED_MS, SETTINGS } from './topology-world.ts';

interface UnderWay {
  readonly epoch: Epoch;
  readonly target: Prepare['target'];
  readonly since: number;
  /** Receiver and sender, of whom the server knows that it is done. */
  readonly switched: Set<string>;
  lastFailed: readonly [ParticipantId, ParticipantId] | null;
}

type Aborted = RoomNotification<'topology:aborted'>;

/** Hears all that the server says to a room, and checks what must hold at every moment. */
export class ServerWatch {
  readonly #room: Room;
  readonly #clock: Clock;
  /** What came about, for whoever wants to know whether a test has seen it. */
  readonly seen = new Set<string>();
  underWay: UnderWay | null = null;
  /** Whether a pair may have to wait before a mesh is tried again. */
  meshTrouble = false;
  /** Whether the SFU may have to be waited for. */
  sfuTrouble = false;
  readonly #drainedSince: number[] = [];
  readonly #endedAt: number[] = [];
  #highest = 0;
  #live = 0;
  #seq = 0;

  constructor(room: Room, clock: Clock) {
    this.#room = room;
    this.#clock = clock;
  }

  /** How many planes may still be there for clients who leave them. */
  get draining(): number {
    return this.#within(this.#drainedSince, DRAINED_MS);
  }

  /** For how many handovers reports may still be waited for. */
  get awaitingReports(): number {
    return this.#within(this.#endedAt, REPORTED_MS);
  }

  /** The highest epoch that there was. */
  get highest(): number {
    return this.#highest;
  }

  /** The answer to a join. */
  answered({ live, sfu, handover, epochs }: RoomTopology): void {
    if (handover !== null) this.#prepared(handover);
    else if (live.epoch !== this.#live) {
      // The first one there opens the room.
      this.#rises(live.epoch);
      this.#live = live.epoch;
    }
    ensureSame(live.epoch, this.#live, 'the live epoch');
    ensureSame(
      epochs,
      [...new Set(epochs)].toSorted((a, b) => a - b),
      'epochs in order',
    );
    for (const epoch of epochs)
      ensure(epoch === live.epoch || epoch === handover?.epoch, `${epoch} to be an epoch that there is`);
    if (handover !== null) ensure(epochs.includes(handover.epoch), 'a joiner to take part in the handover');
    // Whoever takes part in a plane of the SFU has transports in it.
    const takesPart = live.topology === 'sfu' && epochs.includes(live.epoch);
    ensureSame(sfu !== null, takesPart, 'transports in the live plane');
  }

  said(name: string, payload: unknown): void {
    const { seq } = payload as { readonly seq?: number };
    // One for each: the same number for all of them.
    if (seq !== undefined && seq !== this.#seq) {
      ensureSame(seq, this.#seq + 1, 'the next number');
      this.#seq = seq;
    }
    if (name === 'topology:prepare') this.#prepared(payload as Prepare);
    if (name === 'topology:settled') this.#settled(payload as { live: LiveTopology });
    if (name === 'topology:aborted') this.#aborted(payload as Aborted);
    if (name === 'topology:unreachable') this.seen.add('unreachable');
  }

  /** A report that was taken. */
  switched(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch): void {
    const { underWay } = this;
    if (underWay?.epoch !== epoch) return;
    underWay.switched.add(`${receiver} ${sender}`);
    if (underWay.lastFailed?.[0] === receiver && underWay.lastFailed[1] === sender)
      underWay.lastFailed = null;
  }

  failed(receiver: ParticipantId, sender: ParticipantId, epoch: Epoch): void {
    this.meshTrouble = true;
    if (this.underWay?.epoch !== epoch) return;
    this.underWay.switched.delete(`${receiver} ${sender}`);
    this.underWay.lastFailed = [receiver, sender];
  }

  left(): void {
    if (this.underWay !== null) this.seen.add('left meanwhile');
    // Nobody is told of a room's last moments.
    if (this.#room.size > 0) return;
    this.underWay = null;
    this.meshTrouble = false;
    this.sfuTrouble = false;
  }

  /** At every moment. */
  check(): void {
    if (this.underWay === null) return;
    const { target, since, epoch } = this.underWay;
    const age = this.#clock.now() - since;
    ensure(
      age < SETTINGS.deadlineMs[target],
      `epoch ${epoch} to be over: it has been preparing for ${age} ms`,
    );
  }

  #within(times: readonly number[], ms: number): number {
    return times.filter((at) => this.#clock.now() < at + ms).length;
  }

  #prepared({ epoch, target, sfu }: Prepare): void {
    ensureSame(sfu !== null, target === 'sfu', 'transports with a prepare');
    if (this.underWay?.epoch === epoch) {
      ensureSame(target, this.underWay.target, 'the target');
      return;
    }
    ensure(this.underWay === null, 'never more than one handover in flight');
    this.#rises(epoch);
    this.seen.add(`towards ${target}`);
    this.underWay = { epoch, target, since: this.#clock.now(), switched: new Set(), lastFailed: null };
  }

  #settled({ live }: { readonly live: LiveTopology }): void {
    ensureSame(live.epoch, this.underWay?.epoch, 'what settles to be what is under way');
    ensureSame(live.topology, this.underWay?.target, 'its topology');
    this.seen.add(`settled in ${live.topology}`);
    // With nothing to go back to, a mesh is settled at its deadline even if not every pair has a route.
    const isLate = this.#clock.now() - (this.underWay?.since ?? 0) >= SETTINGS.deadlineMs.mesh;
    if (live.topology === 'mesh' && isLate) this.meshTrouble = true;
    this.#drainedSince.push(this.#clock.now());
    this.#endedAt.push(this.#clock.now());
    this.#live = live.epoch;
    this.underWay = null;
  }

  #aborted({ epoch, reason, message, drainMs }: Aborted): void {
    this.seen.add(reason);
    if (drainMs > 0) this.#drainedSince.push(this.#clock.now());
    const { underWay } = this;
    ensureSame(epoch, underWay?.epoch, 'what is given up to be what is under way');
    this.underWay = null;
    this.#endedAt.push(this.#clock.now());
    if (underWay?.target === 'sfu') this.sfuTrouble = true;
    else this.meshTrouble = true;
    ensure(message !== '', 'a word on what was missing');
    if (underWay === null) return;
    if (reason === 'path-failed' && underWay.lastFailed?.every((id) => this.#room.has(id)) === true)
      assertNames(message, ...underWay.lastFailed);
    if (reason !== 'deadline') return;
    const ids = this.#room.participants.map(({ id }) => id);
    for (const receiver of ids) {
      for (const sender of ids) {
        const isMissing = sender !== receiver && !underWay.switched.has(`${receiver} ${sender}`);
        if (isMissing) assertNames(message, receiver, sender);
      }
    }
  }

  /** Each epoch that is new is higher than all before it, whether or not the room was empty in between. */
  #rises(epoch: number): void {
    ensure(epoch > this.#highest, `a higher epoch than ${this.#highest}, got ${epoch}`);
    this.#highest = epoch;
  }
}

function assertNames(message: string, receiver: ParticipantId, sender: ParticipantId): void {
  const sentences = message.split('; ');
  // It is cut short in what nobody would read to the end.
  if (sentences.length > 8) return;
  const says = sentences.some(
    (sentence) => sentence.includes(`(${receiver}) did not get `) && sentence.includes(`(${sender})`),
  );
  ensure(says, `that ${receiver} did not get ${sender}, in: ${message}`);
}
