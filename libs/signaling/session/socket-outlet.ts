import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '#kernel';
import type { ErrorCode, LiveTopology, ParticipantId, ParticipantInfo, RoomName } from '#protocol';
import { RoomOutlet, type Seat } from '#rooms';
import { AwaitedAcks } from './awaited-acks.ts';
import {
  socketRoomOf,
  type ConferenceServer,
  type ConferenceSocket,
  type SessionData,
} from './conference-socket.ts';

// Set, not deleted: the Admin UI's instrumentation hears of what is set.
const NOT_SEATED: { [Key in keyof Required<SessionData>]: undefined } = {
  room: undefined,
  participantId: undefined,
  displayName: undefined,
  role: undefined,
  topology: undefined,
  epoch: undefined,
};

/**
 * The rooms' way out to the sockets, and the one place that knows which session is which participant. It keeps `socket.data`
 * true: that is what operators read.
 */
export class SocketOutlet extends RoomOutlet {
  readonly #sockets = new Map<ParticipantId, ConferenceSocket>();
  readonly #seats = new Map<string, Seat>();
  readonly #joining = new Set<string>();
  readonly #acks = new AwaitedAcks();
  #server: ConferenceServer | undefined;

  /** Called once, by the gateway that owns the namespace. */
  serve(server: ConferenceServer): void {
    this.#server = server;
  }

  /**
   * Ends every connection once what was said to it has left, or at the latest after `limitMs`. A server that closes without this
   * takes the last words with it.
   */
  async hangUp(limitMs: number): Promise<void> {
    const connections = [...(this.#server?.sockets.values() ?? [])].map(({ conn }) => conn);
    const ended = connections.map(async (connection) => {
      if (connection.readyState === 'closed') return;
      await new Promise((resolve) => {
        connection.once('close', resolve);
        connection.close();
      });
    });
    await Promise.race([Promise.all(ended), pause(limitMs, undefined, { ref: false })]);
  }

  findSeat(socket: ConferenceSocket): Seat | undefined {
    return this.#seats.get(socket.id);
  }

  /** @throws DomainError `NOT_JOINED` */
  seatOf(socket: ConferenceSocket): Seat {
    const seat = this.#seats.get(socket.id);
    if (seat === undefined)
      throw new DomainError<ErrorCode>('NOT_JOINED', 'expected a session that is in a room, join one first');
    return seat;
  }

  /** @throws DomainError `ALREADY_JOINED` when the session is in a room, or on its way into one */
  expectFree(socket: ConferenceSocket): void {
    if (this.#seats.has(socket.id) || this.#joining.has(socket.id)) {
      throw new DomainError<ErrorCode>(
        'ALREADY_JOINED',
        'you are in a room already, leave it before you join another',
      );
    }
  }

  /**
   * Runs a join; a session joins one room at a time.
   * @throws DomainError `ALREADY_JOINED`
   */
  async joining<T>(socket: ConferenceSocket, join: () => Promise<T>): Promise<T> {
    this.expectFree(socket);
    this.#joining.add(socket.id);
    try {
      return await join();
    } finally {
      this.#joining.delete(socket.id);
    }
  }

  /** Shows operators which topology carries the participant's media. */
  showTopology(id: ParticipantId, { topology, epoch }: LiveTopology): void {
    const socket = this.#sockets.get(id);
    if (socket !== undefined) Object.assign(socket.data, { topology, epoch } satisfies SessionData);
  }

  override attach(room: RoomName, participant: ParticipantInfo, sessionId: string): void {
    const socket = this.#server?.sockets.get(sessionId);
    if (socket === undefined || !socket.connected) {
      throw new DomainError<ErrorCode>('NOT_JOINED', 'the session ended before it had joined');
    }
    this.#sockets.set(participant.id, socket);
    this.#seats.set(socket.id, { room, participantId: participant.id });
    const { id, displayName, role } = participant;
    Object.assign(socket.data, { room, participantId: id, displayName, role } satisfies SessionData);
    void socket.join(socketRoomOf(room));
  }

  override detach(room: RoomName, participantId: ParticipantId): void {
    this.#acks.giveUp(participantId);
    const socket = this.#sockets.get(participantId);
    if (socket === undefined) return;
    this.#sockets.delete(participantId);
    this.#seats.delete(socket.id);
    void socket.leave(socketRoomOf(room));
    Object.assign(socket.data, NOT_SEATED);
  }

  override broadcast(room: RoomName, name: string, payload: unknown, except?: ParticipantId): void {
    const exceptSocket = except === undefined ? undefined : this.#sockets.get(except)?.id;
    const everyone = this.#server?.to(socketRoomOf(room));
    const told = exceptSocket === undefined ? everyone : everyone?.except(exceptSocket);
    told?.emit(name as 'room:closed', payload as never);
    this.#followForOperators(room, name, payload);
  }

  override notify(to: ParticipantId, name: string, payload: unknown): void {
    this.#sockets.get(to)?.emit(name as 'room:closed', payload as never);
  }

  override async request(
    to: ParticipantId,
    name: string,
    payload: unknown,
    timeoutMs: number,
  ): Promise<void> {
    const socket = this.#sockets.get(to);
    if (socket === undefined) throw new Error('the participant is gone');
    await this.#acks.ask(to, timeoutMs, (acknowledge) =>
      socket.emit(name as 'consumer:created', payload as never, acknowledge),
    );
  }

  #followForOperators(room: RoomName, name: string, payload: unknown): void {
    if (name === 'topology:settled') {
      const { live } = payload as { readonly live: LiveTopology };
      for (const seat of this.#seats.values())
        if (seat.room === room) this.showTopology(seat.participantId, live);
    }
    if (name === 'participant:updated') {
      const { participant } = payload as { readonly participant: ParticipantInfo };
      const socket = this.#sockets.get(participant.id);
      if (socket !== undefined) socket.data.displayName = participant.displayName;
    }
  }
}
