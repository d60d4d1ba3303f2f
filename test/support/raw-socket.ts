import { NAMESPACE, type Ack } from '#protocol';
import { DEADLINE_MS } from './session.ts';
import { until, within } from './until.ts';

/** A WebSocket that speaks Socket.IO by hand, and so can say what a client library would not. */
export class RawSocket {
  /** Text frames, as they came. */
  readonly frames: string[] = [];
  readonly #socket: WebSocket;
  readonly #closed: Promise<number>;
  #acks = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => {
      socket.addEventListener('close', ({ code }) => resolve(code), { once: true });
    });
    socket.addEventListener('message', ({ data }) => {
      // Engine.IO's ping, which wants its pong.
      if (data === '2') socket.send('3');
      else this.frames.push(String(data));
    });
  }

  /** Resolves once it is connected to the protocol's namespace. */
  static async connect(url: string): Promise<RawSocket> {
    const address = new URL('/socket.io/?EIO=4&transport=websocket', url);
    address.protocol = 'ws:';
    const raw = new RawSocket(new WebSocket(address));
    await raw.#frame((frame) => frame.startsWith('0{'), 'the open packet');
    raw.send(`40${NAMESPACE},`);
    await raw.#frame((frame) => frame.startsWith(`40${NAMESPACE},{`), 'the connect packet');
    return raw;
  }

  /** Sends a frame as it is: text, or binary. */
  send(frame: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(frame);
  }

  /** Sends an event whose arguments are given as JSON text, and resolves with its ack. */
  async ask(name: string, argumentsJson: string): Promise<Ack<unknown>> {
    this.#acks += 1;
    const id = this.#acks;
    this.send(`42${NAMESPACE},${id}[${JSON.stringify(name)},${argumentsJson}]`);
    const head = `43${NAMESPACE},${id}[`;
    const frame = await this.#frame((one) => one.startsWith(head), `the ack of ${name}`);
    const [ack] = JSON.parse(frame.slice(head.length - 1)) as [Ack<unknown>];
    return ack;
  }

  /** Resolves with the code once the connection has ended. */
  closed(): Promise<number> {
    return within(DEADLINE_MS, 'the end of the connection', this.#closed);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.#socket.close();
  }

  #frame(fits: (frame: string) => boolean, what: string): Promise<string> {
    return until(
      () => `${what}; heard: ${this.frames.map((frame) => frame.slice(0, 60)).join(' ')}`,
      () => this.frames.find(fits),
      { deadlineMs: DEADLINE_MS, everyMs: 1 },
    ).then(String);
  }
}
