import { DomainError, SilentLog, TaskQueue } from '#kernel';
import { ManualClock } from '#kernel/testing';
import { FakeMediaEngine } from '#media/testing';
import {
  roomNameSchema,
  type Epoch,
  type ParticipantId,
  type Prepare,
  type RoomNotification,
  type RoomSnapshot,
  type RoomTopology,
  type SfuSetup,
  type TopologyWish,
} from '#protocol';
import { Room, type Participant } from '#rooms';
import { RecordingOutlet } from '#rooms/testing';
import { NoHandoverMetrics } from '../handover-metrics.ts';
import { RoomTopologyController } from '../room-topology-controller.ts';
import { TopologyPolicy } from '../topology-policy.ts';

export const SETTINGS = {
  meshDwellMs: 5000,
  drainMs: 500,
  deadlineMs: { sfu: 8000, mesh: 5000 },
  videoCodec: 'VP8',
} as const;

/** What a client keeps of the old plane, and the server a little longer. */
export const DRAINED_MS = 1000;

/** What the server waits at most for the reports of a handover. */
export const REPORTED_MS = 5000;

/** Somebody in the room, and what it was told. */
export interface Member {
  readonly id: ParticipantId;
  readonly participant: Participant;
  readonly topology: RoomTopology;
  readonly snapshot: RoomSnapshot;
}

/** One room with its topology, on a fake SFU and a clock that the test turns. */
export class TopologyWorld {
  readonly clock = new ManualClock();
  readonly engine = new FakeMediaEngine();
  readonly outlet = new RecordingOutlet();
  readonly room: Room;
  readonly controller: RoomTopologyController;
  readonly members = new Map<ParticipantId, Member>();
  readonly #queue = new TaskQueue();
  #sessions = 0;

  constructor({
    wish = 'auto',
    meshMaxParticipants = 2,
  }: { wish?: TopologyWish; meshMaxParticipants?: number } = {}) {
    this.room = new Room(
      roomNameSchema.parse('stand-up'),
      { maxParticipants: 50, topology: wish },
      this.outlet,
    );
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

  async join(): Promise<Member> {
    this.#sessions += 1;
    const sessionId = `session-${this.#sessions}`;
    const member = await this.#queue.run(() => enter(this.room, this.controller, { sessionId }));
    this.members.set(member.id, member);
    await this.idle();
    return member;
  }

  /** A room whose handover to the SFU has settled. */
  async settledRoomOfThree(): Promise<[Member, Member, Member]> {
    const members = await this.joinThree();
    await this.switchAll();
    await this.advance(DRAINED_MS);
    return members;
  }

  /** The third of whom begins a handover to the SFU. */
  async joinThree(): Promise<[Member, Member, Member]> {
    return [await this.join(), await this.join(), await this.join()];
  }

  async leave({ id }: Pick<Member, 'id'>): Promise<void> {
    this.members.delete(id);
    await this.#queue.run(() => {
      if (this.room.remove(id, 'left')) this.controller.release(id);
    });
    await this.idle();
  }

  async switched(receiver: Member, sender: Member, epoch: number): Promise<void> {
    await this.#queue.run(() => this.controller.switched(receiver.id, sender.id, epoch));
    await this.idle();
  }

  async failed(receiver: Member, sender: Member, epoch: number, cause = 'ICE failed'): Promise<void> {
    await this.#queue.run(() => this.controller.failed(receiver.id, sender.id, epoch, cause));
    await this.idle();
  }

  /** Everyone reports everyone, in the handover that is under way. Nothing if there is none. */
  async switchAll(): Promise<void> {
    const epoch = this.underWay;
    if (epoch === null) return;
    for (const receiver of this.members.values()) {
      for (const sender of this.members.values()) {
        if (receiver !== sender && this.underWay === epoch) await this.switched(receiver, sender, epoch);
      }
    }
  }

  /** The worker of the newest router that is open dies. Says whether there was one. */
  async killWorker(): Promise<boolean> {
    const router = this.engine.routers.findLast(({ closed }) => !closed);
    router?.die();
    await this.idle();
    return router !== undefined;
  }

  async advance(byMs: number): Promise<void> {
    this.clock.advance(byMs);
    await this.idle();
  }

  async close(): Promise<void> {
    await this.#queue.run(() => {
      this.controller.close();
      this.room.close('room-ended');
    });
    this.members.clear();
    await this.idle();
  }

  /** Resolves when nothing more happens by itself: the fakes answer within one turn of the event loop. */
  async idle(): Promise<void> {
    do {
      await this.#queue.idle();
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#queue.size > 0);
  }

  said<Name extends 'topology:prepare' | 'topology:settled' | 'topology:aborted'>(
    name: Name,
  ): RoomNotification<Name>[] {
    return this.outlet.payloads(name);
  }

  /** What each one was told to prepare, in order, with the answer to its join at the head. */
  preparesOf({ id, topology }: Member): Prepare[] {
    const told = this.outlet.said
      .filter(({ to, name }) => to === id && name === 'topology:prepare')
      .map(({ payload }) => payload as Prepare);
    return topology.handover === null ? told : [topology.handover, ...told];
  }

  /** The epoch of the handover that was begun and has neither settled nor been given up. */
  get underWay(): Epoch | null {
    const begun = [...this.members.values()].flatMap((member) =>
      this.preparesOf(member).map(({ epoch }) => epoch),
    );
    const over = new Set([
      ...this.said('topology:settled').map(({ live }) => live.epoch),
      ...this.said('topology:aborted').map(({ epoch }) => epoch),
    ]);
    return begun.findLast((epoch) => !over.has(epoch)) ?? null;
  }

  /** The transports that a member was given for an epoch. */
  transportsOf(member: Member, epoch: number): SfuSetup | null {
    const { live, sfu } = member.topology;
    if (live.epoch === epoch && sfu !== null) return sfu;
    return this.preparesOf(member).find((one) => one.epoch === epoch)?.sfu ?? null;
  }

  /** Who cannot send to whom over what is live. Empty if the room is as it should be. */
  unreached(): string[] {
    const { live } = this.controller;
    if (live === null) return [...this.members.keys()];
    const members = [...this.members.values()];
    if (live.topology === 'sfu') {
      return members
        .filter((member) => {
          const transports = this.transportsOf(member, live.epoch);
          return (
            transports === null ||
            refuses(() => this.controller.sfuOf(member.id, transports.sendTransport.id)) ||
            refuses(() => this.controller.sfuOf(member.id, transports.recvTransport.id))
          );
        })
        .map(({ id }) => id);
    }
    return members.flatMap((from) =>
      members
        .filter((to) => to !== from)
        .filter((to) =>
          refuses(() =>
            this.controller.relay(from.id, to.id, live.epoch, { type: 'candidate', candidate: null }),
          ),
        )
        .map((to) => `${from.id} -> ${to.id}`),
    );
  }
}

/** As the use case does it, in the room's queue. */
export async function enter(
  room: Room,
  controller: RoomTopologyController,
  { sessionId, relayOnly = false }: { readonly sessionId: string; readonly relayOnly?: boolean },
): Promise<Member> {
  const participant = room.admit({ sessionId, relayOnly, displayName: sessionId, sources: [] });
  try {
    const topology = await controller.admit(participant);
    room.announce(participant, topology.epochs);
    return { id: participant.id, participant, topology, snapshot: room.snapshot() };
  } catch (error) {
    room.withdraw(participant.id);
    controller.release(participant.id);
    throw error;
  }
}

function refuses(task: () => unknown): boolean {
  try {
    task();
    return false;
  } catch (error) {
    if (DomainError.is(error)) return true;
    throw error;
  }
}

/** What an engine has when nobody calls. */
export const NOTHING_OPEN = { workers: 1, routers: 0, transports: 0, producers: 0, consumers: 0 };
