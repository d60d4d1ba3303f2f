import { io, type Socket } from 'socket.io-client';
import {
  NAMESPACE,
  directNotifications,
  requests,
  roomNotifications,
  serverRequests,
  type Ack,
  type ConsumerSetup,
  type DirectNotification,
  type DirectNotificationName,
  type ErrorCode,
  type Joined,
  type ParticipantId,
  type ProducerId,
  type ProtocolError,
  type RequestAnswer,
  type RequestInput,
  type RequestName,
  type RoomNotification,
  type RoomNotificationName,
  type ServerRequest,
  type ServerRequestName,
  type SfuSetup,
  type Source,
  type TransportSetup,
} from '#protocol';
import { produceRequest } from './rtp.ts';
import { within } from './until.ts';

/** How long a busy machine may take to answer anything. */
export const DEADLINE_MS = 10_000;

const NOTIFICATIONS = { ...roomNotifications, ...directNotifications, ...serverRequests };

export type NotificationName = RoomNotificationName | DirectNotificationName | ServerRequestName;
export type Notification<Name extends NotificationName> = Name extends RoomNotificationName
  ? RoomNotification<Name>
  : Name extends DirectNotificationName
    ? DirectNotification<Name>
    : Name extends ServerRequestName
      ? ServerRequest<Name>
      : never;

export interface Received {
  readonly name: string;
  readonly payload: unknown;
}

/** A request that the server refused. */
export class RefusedError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: ProtocolError['details'];

  constructor(request: string, { code, message, retryable, details }: ProtocolError) {
    super(`${request}: ${code}: ${message}`);
    this.name = 'RefusedError';
    this.code = code;
    this.retryable = retryable;
    this.details = details;
  }
}

export interface SessionOptions {
  /** Whether `consumer:created` is acknowledged, as a client does that has built its end. True unless given. */
  readonly acknowledgesConsumers?: boolean;
}

/**
 * A protocol client without media. It holds the server to the catalogue: an answer or a notification that does not fit its schema
 * fails the test.
 */
export class Session {
  readonly socket: Socket;
  acknowledgesConsumers: boolean;
  /** Everything that was heard, in order. */
  readonly heard: Received[] = [];
  /** What the join was answered with. */
  joined: Joined | undefined;
  readonly #violations: string[] = [];
  readonly #handedOut = new Set<Received>();
  readonly #waiting = new Set<() => void>();

  private constructor(socket: Socket, { acknowledgesConsumers = true }: SessionOptions) {
    this.socket = socket;
    this.acknowledgesConsumers = acknowledgesConsumers;
    socket.onAny((name: string, payload: unknown, ack?: (answer: unknown) => void) => {
      this.#hear(name, payload);
      if (this.acknowledgesConsumers) ack?.({});
      const { sfu } = (payload ?? {}) as { readonly sfu?: SfuSetup | null };
      if (name === 'topology:prepare' && sfu) void this.#receive(sfu);
    });
  }

  /** Resolves once the session is connected. */
  static async connect(url: string, options: SessionOptions = {}): Promise<Session> {
    const socket = io(new URL(NAMESPACE, url).href, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    const session = new Session(socket, options);
    await within(
      DEADLINE_MS,
      'a connection',
      new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      }),
    );
    return session;
  }

  /** Your id, once you have joined. */
  get id(): ParticipantId {
    if (this.joined === undefined) throw new Error('expected a session that has joined');
    return this.joined.participantId;
  }

  /** The tracks that the SFU offered and that have not ended, each once. */
  get consumers(): ConsumerSetup[] {
    const created = new Map(
      this.all('consumer:created').map((setup): [string, ConsumerSetup] => [setup.consumerId, setup]),
    );
    for (const { consumerId } of this.all('consumer:closed')) created.delete(consumerId);
    return [...created.values()];
  }

  /** @throws RefusedError */
  async request<Name extends RequestName>(
    name: Name,
    payload: RequestInput<Name>,
  ): Promise<RequestAnswer<Name>> {
    const ack = await this.ask(name, payload);
    if (!ack.ok) throw new RefusedError(name, ack.error);
    return requests[name].answer.parse(ack.data) as RequestAnswer<Name>;
  }

  /** Sends anything, and resolves with the ack as it came. */
  async ask(name: string, ...payloads: readonly unknown[]): Promise<Ack<unknown>> {
    const ack: unknown = await within(
      DEADLINE_MS,
      `the ack of ${name}`,
      this.socket.emitWithAck(name, ...payloads),
    );
    return ack as Ack<unknown>;
  }

  /** The code that a request is refused with; `undefined` if it is not. */
  async refusal(name: string, ...payloads: readonly unknown[]): Promise<ErrorCode | undefined> {
    const ack = await this.ask(name, ...payloads);
    return ack.ok ? undefined : ack.error.code;
  }

  /** Joins, and from then on says for every transport it is given that it can receive all that the router can send. */
  async join(
    room: string,
    displayName: string,
    more: Partial<RequestInput<'room:join'>> = {},
  ): Promise<Joined> {
    this.joined = await this.request('room:join', { room, displayName, sources: [], ...more });
    const { sfu, handover } = this.joined.topology;
    for (const setup of [sfu, handover?.sfu]) if (setup) await this.#receive(setup);
    return this.joined;
  }

  /** The transports that one was given for an epoch, in the answer to the join or since. */
  setupOf(epoch: number): SfuSetup {
    const { live, sfu, handover } = this.joined?.topology ?? {};
    const setup =
      (live?.epoch === epoch ? sfu : undefined) ??
      [handover, ...this.all('topology:prepare')].find((prepare) => prepare?.epoch === epoch)?.sfu;
    if (!setup) throw new Error(`expected to have been given transports for epoch ${epoch}`);
    return setup;
  }

  /** The one to send on and the one to receive on. */
  transportsOf(epoch: number): TransportSetup[] {
    const { sendTransport, recvTransport } = this.setupOf(epoch);
    return [sendTransport, recvTransport];
  }

  /** Sends those sources over the SFU of that epoch. */
  async publish(epoch: number, ...sources: readonly Source[]): Promise<ProducerId[]> {
    const { sendTransport } = this.setupOf(epoch);
    const answers = await Promise.all(
      sources.map((source) => this.request('producer:create', produceRequest(sendTransport.id, source))),
    );
    return answers.map(({ producerId }) => producerId);
  }

  /** Reports that everyone of `senders` but oneself is rendered over the plane of that epoch. */
  async switchTo(epoch: number, senders: readonly ParticipantId[]): Promise<void> {
    await Promise.all(
      senders
        .filter((participantId) => participantId !== this.id)
        .map((participantId) => this.request('path:switched', { epoch, participantId })),
    );
  }

  /** All notifications of that name so far. */
  all<Name extends NotificationName>(name: Name): Notification<Name>[] {
    return this.heard.filter((one) => one.name === name).map(({ payload }) => payload as Notification<Name>);
  }

  /** The first notification of that name that fits and was not handed out before; waits for it if it has not come yet. */
  async next<Name extends NotificationName>(
    name: Name,
    fits: (payload: Notification<Name>) => boolean = () => true,
    deadlineMs = DEADLINE_MS,
  ): Promise<Notification<Name>> {
    let lookAgain: (() => void) | undefined;
    try {
      return await within(
        deadlineMs,
        `${name}; heard: ${this.heard.map((one) => one.name).join(', ')}`,
        new Promise((resolve, reject) => {
          lookAgain = () => {
            if (this.#violations.length > 0) reject(this.#violated());
            const found = this.heard.find(
              (one) =>
                one.name === name && !this.#handedOut.has(one) && fits(one.payload as Notification<Name>),
            );
            if (found === undefined) return;
            this.#handedOut.add(found);
            resolve(found.payload as Notification<Name>);
          };
          this.#waiting.add(lookAgain);
          lookAgain();
        }),
      );
    } finally {
      if (lookAgain !== undefined) this.#waiting.delete(lookAgain);
    }
  }

  /** The numbers of the room's notifications, as they came after the join. */
  seqs(): number[] {
    const from = this.joined?.room.seq ?? 0;
    return this.heard
      .map(({ payload }) => (payload as { readonly seq?: number }).seq)
      .filter((seq) => seq !== undefined)
      .filter((seq) => seq > from);
  }

  /** @throws Error if anything was heard that does not fit the protocol */
  close(): void {
    this.socket.disconnect();
    if (this.#violations.length > 0) throw this.#violated();
  }

  async #receive({ recvTransport }: SfuSetup): Promise<void> {
    if (this.joined === undefined) return;
    const { routerRtpCapabilities: rtpCapabilities } = this.joined;
    try {
      await this.request('transport:receive', { transportId: recvTransport.id, rtpCapabilities });
    } catch (error) {
      const tooLate = error instanceof RefusedError && ['NOT_FOUND', 'NOT_JOINED'].includes(error.code);
      if (!tooLate && this.socket.connected) this.#violations.push(String(error));
    }
  }

  #hear(name: string, payload: unknown): void {
    const definition = Object.hasOwn(NOTIFICATIONS, name)
      ? NOTIFICATIONS[name as NotificationName]
      : undefined;
    const parsed = definition?.payload.safeParse(payload);
    if (parsed?.success !== true) {
      this.#violations.push(`${name}: ${parsed?.error.message ?? 'there is no such notification'}`);
    }
    this.heard.push({ name, payload });
    for (const lookAgain of this.#waiting) lookAgain();
  }

  #violated(): Error {
    return new Error(`heard what does not fit the protocol: ${this.#violations.join('; ')}`);
  }
}
