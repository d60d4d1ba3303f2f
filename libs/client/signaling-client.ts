import { io, type Socket } from 'socket.io-client';
import { Emitter } from '#kernel';
import {
  NAMESPACE,
  type ClientToServerEvents,
  type DirectNotification,
  type DirectNotificationName,
  type RequestAnswer,
  type RequestInput,
  type RequestName,
  type Ack,
  type RoomNotification,
  type RoomNotificationName,
  type ServerRequest,
  type ServerToClientEvents,
} from '#protocol';
import { CallError } from './call-error.ts';

export type ServerEvents = {
  [Name in RoomNotificationName]: RoomNotification<Name>;
} & {
  [Name in DirectNotificationName]: DirectNotification<Name>;
};

export interface ConnectionEvents {
  connected: undefined;
  /** `final`: the server closed the session on purpose, and it is not tried again. */
  disconnected: { readonly final: boolean };
  unreachable: { readonly cause: Error };
}

const REQUEST_TIMEOUT_MS = 10_000;

interface HeldNotification {
  readonly deliver: () => void;
  /** Only what belongs to the room has one. */
  readonly seq: number | undefined;
}

type ConsumerCreated = ServerRequest<'consumer:created'>;

/**
 * The session with the server. Notifications wait while they are held (during a join), so that whoever joins
 * sees the answer first and then, in order, what happened since.
 */
export class SignalingClient {
  readonly connection = new Emitter<ConnectionEvents>();
  readonly notifications = new Emitter<ServerEvents>();
  /** Builds a consumer; the server lets it run once this has resolved. */
  onConsumerCreated: (setup: ConsumerCreated) => Promise<void> = () => Promise.resolve();
  readonly #socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  readonly #pending = new Set<Promise<unknown>>();
  #held: HeldNotification[] | null = null;

  constructor(serverUrl: string) {
    const url = new URL(NAMESPACE, serverUrl);
    this.#socket = io(url.href, {
      autoConnect: false,
      // Of its own: what else a page has from this server would share a connection that is not begun yet, and wait for ever.
      forceNew: true,
      // Straight to WebSocket: one round trip less. Where a proxy refuses it, polling follows.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
    });
    this.#socket.on('connect', () => this.connection.emit('connected', undefined));
    this.#socket.on('connect_error', (cause) => this.connection.emit('unreachable', { cause }));
    this.#socket.on('disconnect', (reason) => {
      const final = reason === 'io server disconnect' || reason === 'io client disconnect';
      this.connection.emit('disconnected', { final });
    });
    this.#socket.on('consumer:created', (setup, ack) =>
      this.#deliver(() => void this.#createConsumer(setup, ack)),
    );
    this.#socket.onAny((name: string, payload: { readonly seq?: number }) => {
      if (name === 'consumer:created') return;
      this.#deliver(() => this.notifications.emit(name as keyof ServerEvents, payload as never), payload.seq);
    });
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /** May be called again while it connects: told to a second time, Socket.IO would open a second session. */
  connect(): void {
    if (!this.#socket.active) this.#socket.connect();
  }

  close(): void {
    this.#socket.disconnect();
    this.#held = null;
  }

  /** Closes once every request that is under way has been answered, or was not in time. */
  async closeWhenAnswered(): Promise<void> {
    await Promise.allSettled(this.#pending);
    this.close();
  }

  /** Notifications wait from now on. */
  hold(): void {
    this.#held ??= [];
  }

  /** Delivers what waited, but for what the snapshot of that `seq` contains, and no longer holds. */
  release(seq: number): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const notification of held)
      if (notification.seq === undefined || notification.seq > seq) notification.deliver();
  }

  /** @throws CallError with the server's code; `TIMEOUT` without an answer in time, `SERVER_UNREACHABLE` without a connection */
  request<Name extends RequestName>(name: Name, payload: RequestInput<Name>): Promise<RequestAnswer<Name>> {
    const answer = this.#ask(name, payload);
    const pending = answer.catch(() => undefined).finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
    return answer;
  }

  async #ask<Name extends RequestName>(
    name: Name,
    payload: RequestInput<Name>,
  ): Promise<RequestAnswer<Name>> {
    if (!this.#socket.connected) {
      throw new CallError('SERVER_UNREACHABLE', 'there is no connection to the server', true);
    }
    let answer: Ack<RequestAnswer<Name>>;
    try {
      // Socket.IO's types cannot follow a generic event name; the catalogue's types above and below do.
      const socket = this.#socket.timeout(REQUEST_TIMEOUT_MS);
      answer = await (
        socket.emitWithAck as (name: Name, payload: RequestInput<Name>) => Promise<typeof answer>
      ).call(socket, name, payload);
    } catch {
      throw new CallError(
        'TIMEOUT',
        `the server did not answer ${name} within ${REQUEST_TIMEOUT_MS} ms`,
        true,
      );
    }
    if (!answer.ok) throw CallError.from(answer.error);
    return answer.data;
  }

  #deliver(deliver: () => void, seq?: number): void {
    if (this.#held === null) deliver();
    else this.#held.push({ deliver, seq });
  }

  async #createConsumer(setup: ConsumerCreated, ack: (answer: Record<string, never>) => void): Promise<void> {
    try {
      await this.onConsumerCreated(setup);
      ack({});
    } catch (error) {
      // Without an ack the server offers it again: that is the remedy.
      reportError(error);
    }
  }
}
