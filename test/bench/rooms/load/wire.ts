import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { FrameReader, textFrame } from './frames.ts';

const END_OF_HEAD = '\r\n\r\n';

export interface WireOptions {
  readonly host: string;
  readonly port: number;
  /** From where it connects: a pair of addresses has some 28,000 ports. */
  readonly localAddress: string;
  /** '' is the default one. */
  readonly namespace: '' | '/v1';
}

interface Waiting {
  readonly prefix: string;
  readonly since: number;
  readonly resolve: (packet: string) => void;
  readonly reject: (error: Error) => void;
  left: number;
}

/**
 * A client of Socket.IO that costs as little as it can, so that the load is not the limit: the frames are made by hand, and nothing is
 * parsed that nobody asks for.
 */
export class Wire {
  /** How often the server asks whether one is still there. */
  pingIntervalMs = 0;
  /** How many of the server's requests were acknowledged with `{}`. */
  acknowledged = 0;
  readonly #socket: Socket;
  readonly #head: string;
  readonly #waiting: Waiting[] = [];
  #last = '';
  #requests = 0;

  private constructor(socket: Socket, namespace: WireOptions['namespace']) {
    this.#socket = socket;
    this.#head = namespace === '' ? '' : `${namespace},`;
    socket.setNoDelay();
    const end = (why: string): void => this.#fail(`the connection has ended: ${why}`);
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => end('the server has closed it'));
  }

  /** Resolves once it is connected to the namespace. */
  static async connect({ namespace, ...address }: WireOptions): Promise<Wire> {
    const socket = connect(address);
    const wire = new Wire(socket, namespace);
    const opened = wire.heard('0{');
    wire.#upgrade(`${address.host}:${address.port}`);
    wire.pingIntervalMs = (JSON.parse((await opened).slice(1)) as { pingInterval: number }).pingInterval;
    const connected = wire.heard(`40${wire.#head}{`);
    wire.send(`40${wire.#head}`);
    await connected;
    return wire;
  }

  send(packet: string): void {
    this.#socket.write(textFrame(packet));
  }

  emit(name: string, payload: unknown): void {
    this.send(`42${this.#head}[${JSON.stringify(name)},${JSON.stringify(payload)}]`);
  }

  /** Resolves with the data of the answer. */
  async request(name: string, payload: unknown): Promise<unknown> {
    this.#requests += 1;
    const id = this.#requests;
    const head = `43${this.#head}${id}[`;
    const answered = this.heard(head);
    this.send(`42${this.#head}${id}[${JSON.stringify(name)},${JSON.stringify(payload)}]`);
    const packet = await answered;
    if (!packet.startsWith('{"ok":true', head.length)) throw new Error(`${name} was refused: ${packet}`);
    return (JSON.parse(packet.slice(head.length - 1)) as [{ data: unknown }])[0].data;
  }

  /** The next packet, or the last of the next so many, that begins so. */
  heard(prefix: string, times = 1): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ prefix, since: performance.now(), resolve, reject, left: times });
    });
  }

  /** The next event of that name. */
  heardEvent(name: string, times = 1): Promise<string> {
    return this.heard(`42${this.#head}["${name}"`, times);
  }

  /** Gives up what was waited for before then. */
  expire(before: number): void {
    const [oldest] = this.#waiting;
    if (oldest !== undefined && oldest.since < before)
      this.#fail(`nothing came that begins with ${oldest.prefix}; heard last: ${this.#last.slice(0, 300)}`);
  }

  /** At once, and so that no port has to wait for a last packet. */
  cut(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.resetAndDestroy();
    this.#fail('it was cut');
  }

  #upgrade(host: string): void {
    const frames = new FrameReader((packet) => this.#hear(packet));
    let head = '';
    const onHead = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      const end = head.indexOf(END_OF_HEAD);
      if (end < 0) return;
      if (!head.startsWith('HTTP/1.1 101 ')) {
        this.#fail(`no WebSocket: ${head.slice(0, 100)}`);
        return;
      }
      this.#socket.off('data', onHead);
      this.#socket.on('data', (data) => frames.push(data));
      const rest = head.slice(end + END_OF_HEAD.length);
      if (rest !== '') frames.push(Buffer.from(rest, 'latin1'));
    };
    this.#socket.on('data', onHead);
    this.#socket.write(
      [
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
        `Host: ${host}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
        'Accept-Language: en-US,en;q=0.9',
        `Origin: http://${host}`,
        END_OF_HEAD.slice(2),
      ].join('\r\n'),
    );
  }

  #hear(packet: string): void {
    if (packet === '2') {
      this.send('3');
      return;
    }
    this.#last = packet;
    const index = this.#waiting.findIndex(({ prefix }) => packet.startsWith(prefix));
    const waiting = this.#waiting[index];
    if (waiting !== undefined) {
      waiting.left -= 1;
      if (waiting.left === 0) {
        this.#waiting.splice(index, 1);
        waiting.resolve(packet);
      }
    }
    this.#acknowledge(packet);
  }

  /** A request of the server has a number where a notification has its JSON. */
  #acknowledge(packet: string): void {
    if (!packet.startsWith('42')) return;
    const start = 2 + this.#head.length;
    if (packet[start] === '[') return;
    this.send(`43${packet.slice(2, packet.indexOf('['))}[{}]`);
    this.acknowledged += 1;
  }

  #fail(why: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(why));
  }
}
