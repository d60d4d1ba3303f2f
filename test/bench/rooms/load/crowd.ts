import { Wire, type WireOptions } from './wire.ts';

/** How many connections the load may hold at once. */
export const MAX_CONNECTIONS = 9000;

/** No answer is waited for longer. */
const DEADLINE_MS = 20_000;
const LOOK_EVERY_MS = 1000;
/** 127.0.0.2 and so on, of which Linux has all. */
const SOURCE_ADDRESSES = 16;

/** Everybody who is connected to one server. */
export class Crowd {
  readonly #server: Pick<WireOptions, 'host' | 'port'>;
  readonly #wires = new Set<Wire>();
  readonly #watch: NodeJS.Timeout;
  #connecting = 0;
  #connects = 0;

  constructor(server: Pick<WireOptions, 'host' | 'port'>) {
    this.#server = server;
    this.#watch = setInterval(() => {
      for (const wire of this.#wires) wire.expire(performance.now() - DEADLINE_MS);
    }, LOOK_EVERY_MS);
  }

  /** @throws Error if there would be too many */
  async connect(namespace: WireOptions['namespace']): Promise<Wire> {
    const count = this.#wires.size + this.#connecting;
    if (count >= MAX_CONNECTIONS)
      throw new Error(`expected at most ${MAX_CONNECTIONS} connections, got one more`);
    this.#connecting += 1;
    this.#connects += 1;
    const { host, port } = this.#server;
    const localAddress = `127.0.0.${2 + (this.#connects % SOURCE_ADDRESSES)}`;
    try {
      const wire = await Wire.connect({ host, port, localAddress, namespace });
      this.#wires.add(wire);
      return wire;
    } finally {
      this.#connecting -= 1;
    }
  }

  cut(...wires: readonly Wire[]): void {
    for (const wire of wires) {
      this.#wires.delete(wire);
      wire.cut();
    }
  }

  cutAll(): void {
    this.cut(...this.#wires);
  }

  close(): void {
    clearInterval(this.#watch);
    this.cutAll();
  }
}
