import type { DefaultEventsMap, DisconnectReason, Namespace, Socket } from 'socket.io';

type SessionData = Readonly<Record<string, unknown>>;
type Sessions = Namespace<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SessionData>;
type Session = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SessionData>;

const LOOK_EVERY_MS = 500;

/** What operators see of `socket.data`. Whatever else is put there is none of their business. */
const SHOWN = ['room', 'participantId', 'displayName', 'role', 'topology', 'epoch'] as const;

/** Headers that let whoever reads them act as the participant. */
const SECRET_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** What changes while a session lasts. */
interface SessionState {
  readonly transport: string;
  readonly data: Readonly<Record<(typeof SHOWN)[number], unknown>>;
  readonly rooms: readonly string[];
}

/** A session, in the shape that the Admin UI knows sockets in. */
interface SessionRow extends SessionState {
  readonly id: string;
  readonly clientId: string;
  readonly nsp: string;
  readonly handshake: Readonly<Record<string, unknown>>;
}

/**
 * Tells the Admin UI who is connected, in which rooms and with which data. `@socket.io/admin-ui` does that in its `development` mode
 * only, together with every single event. This looks twice a second instead, while an operator looks, and tells the differences in the
 * package's own events. Whatever happened in between costs nothing, nor does a server that nobody watches.
 */
export class SessionWatch {
  readonly #sessions: Sessions;
  readonly #operators: Namespace;
  readonly #told = new Map<string, SessionRow>();
  #timer: NodeJS.Timeout | undefined;

  constructor(sessions: Sessions, operators: Namespace) {
    this.#sessions = sessions;
    this.#operators = operators;
  }

  /** Called once, before anybody can connect. */
  start(): void {
    this.#sessions.on('connection', (session) => {
      session.once('disconnect', (reason) => this.#ended(session.id, reason));
    });
    this.#operators.on('connection', (operator) => {
      this.#begin(operator);
      operator.once('disconnect', () => this.#endIfUnwatched());
    });
  }

  #begin(operator: Socket): void {
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
    // So that later differences fit both what the newcomer is given now and what the others have.
    this.#look();
    operator.emit('all_sockets', [...this.#told.values()]);
  }

  #endIfUnwatched(): void {
    if (this.#operators.sockets.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#told.clear();
  }

  #look(): void {
    for (const session of this.#sessions.sockets.values()) {
      const told = this.#told.get(session.id);
      const row = { ...(told ?? identityOf(session)), ...stateOf(session) };
      this.#told.set(session.id, row);
      if (told === undefined) this.#operators.emit('socket_connected', row, new Date());
      else this.#tellChanges(told, row);
    }
  }

  #tellChanges(told: SessionRow, { id, nsp, transport, data, rooms }: SessionRow): void {
    if (told.transport !== transport || SHOWN.some((key) => told.data[key] !== data[key])) {
      this.#operators.emit('socket_updated', { id, nsp, transport, data });
    }
    this.#tellRooms(
      'room_joined',
      told,
      rooms.filter((room) => !told.rooms.includes(room)),
    );
    this.#tellRooms(
      'room_left',
      told,
      told.rooms.filter((room) => !rooms.includes(room)),
    );
  }

  #ended(id: string, reason: DisconnectReason): void {
    const told = this.#told.get(id);
    if (told === undefined) return;
    this.#told.delete(id);
    this.#tellRooms('room_left', told, told.rooms);
    this.#operators.emit('socket_disconnected', told.nsp, id, reason, new Date());
  }

  #tellRooms(event: 'room_joined' | 'room_left', { nsp, id }: SessionRow, rooms: readonly string[]): void {
    for (const room of rooms) this.#operators.emit(event, nsp, room, id, new Date());
  }
}

function identityOf({ id, nsp, handshake }: Session): Omit<SessionRow, keyof SessionState> {
  const { address, query, issued, secure, time, url, xdomain } = handshake;
  const headers = Object.fromEntries(
    Object.entries(handshake.headers).filter(([name]) => !SECRET_HEADERS.has(name)),
  );
  return {
    id,
    // A client has one session: its connection needs no id of its own.
    clientId: id,
    nsp: nsp.name,
    handshake: { address, headers, query, issued, secure, time, url, xdomain },
  };
}

function stateOf({ conn, data, rooms }: Session): SessionState {
  return {
    transport: conn.transport.name,
    // All of them, always: the UI merges what it gets into what it has, and follows only keys that were there from the beginning.
    data: Object.fromEntries(SHOWN.map((key) => [key, data[key] ?? null])) as SessionState['data'],
    rooms: [...rooms],
  };
}
