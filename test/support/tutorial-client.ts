import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { until, within } from './until.ts';

const DEADLINE_MS = 10_000;

export interface Event {
  readonly name: string;
  readonly values: readonly unknown[];
}

/** A client as the readers of a tutorial write it: plain `socket.io-client`, on the default namespace. Keeps what it hears. */
export class TutorialClient {
  readonly socket: Socket;
  readonly heard: Event[] = [];
  readonly #handedOut = new Set<Event>();
  readonly #waiting = new Set<() => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((name: string, ...values: unknown[]) => {
      this.heard.push({ name, values });
      for (const look of this.#waiting) look();
    });
  }

  static async connect(
    url: string,
    options: Partial<ManagerOptions & SocketOptions> = {},
  ): Promise<TutorialClient> {
    const socket = io(url, { forceNew: true, reconnection: false, ...options });
    const client = new TutorialClient(socket);
    try {
      await within(
        DEADLINE_MS,
        'a connection',
        new Promise<void>((resolve, reject) => {
          socket.once('connect', resolve);
          socket.once('connect_error', reject);
        }),
      );
    } catch (error) {
      await client.closed();
      throw error;
    }
    return client;
  }

  get id(): string {
    const { id } = this.socket;
    if (id === undefined) throw new Error('the socket is not connected');
    return id;
  }

  say(name: string, ...values: readonly unknown[]): void {
    this.socket.emit(name, ...values);
  }

  /** As {@link TutorialClient.say}, with a callback; resolves with what that is called with. */
  ask(name: string, ...values: readonly unknown[]): Promise<unknown[]> {
    return within(
      DEADLINE_MS,
      `the callback of ${name}`,
      new Promise((resolve) => {
        this.socket.emit(name, ...values, (...answer: unknown[]) => resolve(answer));
      }),
    );
  }

  /** Sends a packet of Socket.IO as it is. */
  raw(packet: string): void {
    this.socket.io.engine.write(packet);
  }

  /** What the first event of that name came with that has not been handed out yet; waits for it if need be. */
  async next(name: string): Promise<readonly unknown[]> {
    let look: (() => void) | undefined;
    const found = new Promise<Event>((resolve) => {
      look = () => {
        const event = this.heard.find((each) => each.name === name && !this.#handedOut.has(each));
        if (event !== undefined) resolve(event);
      };
      this.#waiting.add(look);
      look();
    });
    try {
      const event = await within(
        DEADLINE_MS,
        `"${name}", having heard ${this.names().join(', ') || 'nothing'}`,
        found,
      );
      this.#handedOut.add(event);
      return event.values;
    } finally {
      if (look !== undefined) this.#waiting.delete(look);
    }
  }

  /** The names of what was heard, in order, without what is only there to be read. */
  names(): string[] {
    return this.heard.map(({ name }) => name).filter((name) => name !== 'log' && name !== 'room_change');
  }

  /** Whatever was said to the server before has been done, and whatever the server had said by then has been heard. */
  async caughtUp(): Promise<void> {
    await this.ask('nickname', 'Anon');
  }

  close(): void {
    this.socket.disconnect();
  }

  /**
   * As {@link TutorialClient.close}; resolves once the connection asks for nothing more. A connection that polls first
   * delivers what it has yet to say, in requests of their own: whoever ends the server or the test before fails them.
   */
  async closed(): Promise<void> {
    const { engine } = this.socket.io;
    this.close();
    await until('the connection to close', () => engine.readyState === 'closed');
  }
}

/** The clients of a suite: whoever is still there is sent away after each test. */
export class TutorialClients {
  readonly #url: () => string;
  readonly #clients: TutorialClient[] = [];

  constructor(url: () => string) {
    this.#url = url;
  }

  async connect(options: Partial<ManagerOptions & SocketOptions> = {}): Promise<TutorialClient> {
    const client = await TutorialClient.connect(this.#url(), options);
    this.#clients.push(client);
    return client;
  }

  async leave(): Promise<void> {
    await Promise.all(this.#clients.splice(0).map((client) => client.closed()));
  }
}
