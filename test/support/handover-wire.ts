import type { BrowserContext, WebSocketRoute } from 'playwright-core';

/** A message of Socket.IO 4 in the protocol's namespace: type 2 (event) or 3 (ack), perhaps a number, then its JSON. */
const EVENT = /^42\/v1,\d*\["(?<name>[\w:-]+)"/;

/** By which a page asks for a session in the protocol's namespace: type 0. */
const CONNECT = '40/v1,';

interface Held {
  readonly name: string;
  readonly deliver: () => void;
}

/** What a page reports of a path that it has switched to. */
const SWITCHED = /\["path:switched",\{"epoch":(?<epoch>\d+),.*"proof":"(?<proof>[\w-]+)"/;

/**
 * What one person and the server say to each other. Messages can be held back, as by a slow network, which is how a test stays in
 * the middle of a handover for as long as it wishes. What is not held back overtakes.
 */
export class HandoverWire {
  readonly #holding = new Set<string>();
  readonly #held: Held[] = [];
  #drainMs: number | null = null;
  #newestEpoch = 0;
  readonly #proofs: { readonly epoch: number; readonly proof: string }[] = [];

  /** Of all the pages that this person opens from now on. */
  static async of(person: BrowserContext): Promise<HandoverWire> {
    const wire = new HandoverWire();
    await person.routeWebSocket(/\/socket\.io\//, (page) => wire.#carry(page));
    return wire;
  }

  /** The highest epoch that the server has told of, in a handover or in the answer to a join. */
  get newestEpoch(): number {
    return this.#newestEpoch;
  }

  /** Why the paths of that epoch counted as proven, each time the page reported one. */
  proofs(epoch: number): string[] {
    return this.#proofs.filter((one) => one.epoch === epoch).map(({ proof }) => proof);
  }

  /**
   * From now on messages whose name begins so wait, whichever way they go. What depends on each other's order is to be held
   * together, for example by `consumer:`.
   */
  hold(prefix: string): void {
    this.#holding.add(prefix);
  }

  /** How many messages of that name wait. */
  waiting(name: string): number {
    return this.#held.filter((held) => held.name === name).length;
  }

  /** Delivers all that waited, in its order, and holds nothing back any more. */
  release(): void {
    this.#holding.clear();
    for (const { deliver } of this.#held.splice(0)) deliver();
  }

  /** The page is told to keep the old plane for so long once a handover has settled: its usual half second is soon over. */
  prolongDrain(drainMs: number): void {
    this.#drainMs = drainMs;
  }

  #carry(page: WebSocketRoute): void {
    const server = page.connectToServer();
    page.onMessage((message) => {
      const { epoch, proof } = SWITCHED.exec(String(message))?.groups ?? {};
      if (proof !== undefined) this.#proofs.push({ epoch: Number(epoch), proof });
      this.#pass(message, (passed) => server.send(passed));
    });
    server.onMessage((message) => {
      for (const [, epoch] of String(message).matchAll(/"epoch":(\d+)/g)) {
        this.#newestEpoch = Math.max(this.#newestEpoch, Number(epoch));
      }
      this.#pass(message, (passed) => page.send(passed));
    });
  }

  #pass(message: string | Buffer, deliver: (message: string | Buffer) => void): void {
    const name = nameOf(String(message));
    if (name !== undefined && [...this.#holding].some((prefix) => name.startsWith(prefix))) {
      this.#held.push({ name, deliver: () => deliver(message) });
      return;
    }
    deliver(name === 'topology:settled' ? this.#withDrain(String(message)) : message);
  }

  #withDrain(message: string): string {
    return this.#drainMs === null ? message : message.replace(/"drainMs":\d+/, `"drainMs":${this.#drainMs}`);
  }
}

/** Of a notification or a request; `connect` of what asks for a session, or grants it. */
function nameOf(message: string): string | undefined {
  return message.startsWith(CONNECT) ? 'connect' : EVENT.exec(message)?.groups?.['name'];
}
