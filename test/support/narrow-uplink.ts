import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { BrowserContext } from 'playwright-core';

export interface NarrowUplinkOptions {
  readonly bitsPerSecond: number;
  /** What would wait longer than this to be sent is lost, as in a router's buffer. */
  readonly queueMs?: number;
}

declare global {
  interface Window {
    /** The candidate behind the line; null if the line does not lead there. */
    throughTheLine?: (candidate: string) => Promise<string | null>;
  }
}

/**
 * An access line that all mesh links of one person share: whatever that person sends to the others goes through here, at the rate of
 * the line. What the others send to that person is passed on as it comes. The way to the SFU stays as it is.
 */
export class NarrowUplink {
  readonly #bitsPerSecond: number;
  readonly #queueMs: number;
  readonly #sockets = new Set<Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #lineIsFreeAt = 0;

  constructor({ bitsPerSecond, queueMs = 300 }: NarrowUplinkOptions) {
    this.#bitsPerSecond = bitsPerSecond;
    this.#queueMs = queueMs;
  }

  /** Before the person opens a page. The others are to {@link tellCandidatesApart}. */
  async carry(person: BrowserContext): Promise<void> {
    await tellCandidatesApart(person);
    await person.exposeFunction('throughTheLine', (candidate: string) => this.#throughTheLine(candidate));
    await person.addInitScript(hideBehindTheLine);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#sockets) socket.close();
    this.#sockets.clear();
  }

  async #throughTheLine(candidate: string): Promise<string | null> {
    // Address and port are the fifth and sixth word (RFC 8839 §5.1).
    const words = candidate.split(' ');
    const [, , transport, , address, port] = words;
    if (address === undefined || transport?.toLowerCase() !== 'udp' || !/^[\d.]+$/.test(address)) return null;
    return words.with(5, String(await this.#lead(address, Number(port)))).join(' ');
  }

  /** A port from which the line leads to that address. */
  async #lead(address: string, port: number): Promise<number> {
    const near = await this.#bind(address);
    /** As a NAT has them: a far end for each port of the person. */
    const farEnds = new Map<number, Promise<Socket>>();
    const farEndOf = (person: { readonly port: number; readonly address: string }): Promise<Socket> => {
      const existing = farEnds.get(person.port);
      if (existing !== undefined) return existing;
      const opened = this.#bind(address).then((far) =>
        far.on('message', (packet) => this.#send(near, packet, person.port, person.address)),
      );
      farEnds.set(person.port, opened);
      return opened;
    };
    near.on('message', (packet, person) => {
      void farEndOf(person).then((far) =>
        this.#overTheLine(packet.length, () => this.#send(far, packet, port, address)),
      );
    });
    return near.address().port;
  }

  async #bind(address: string): Promise<Socket> {
    const socket = createSocket('udp4');
    this.#sockets.add(socket);
    socket.bind(0, address);
    await once(socket, 'listening');
    return socket;
  }

  #send(socket: Socket, packet: Buffer, port: number, address: string): void {
    if (this.#sockets.has(socket)) socket.send(packet, port, address);
  }

  #overTheLine(bytes: number, send: () => void): void {
    const now = performance.now();
    const sentAt = Math.max(now, this.#lineIsFreeAt) + (bytes * 8000) / this.#bitsPerSecond;
    if (sentAt - now > this.#queueMs) return;
    this.#lineIsFreeAt = sentAt;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      send();
    }, sentAt - now);
    this.#timers.add(timer);
  }
}

/** The person's descriptions name no addresses: those are told one by one, so that a line can be laid to each. */
export function tellCandidatesApart(person: BrowserContext): Promise<unknown> {
  return person.addInitScript(() => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      override get localDescription(): RTCSessionDescription | null {
        const description = super.localDescription;
        if (description === null) return null;
        const sdp = description.sdp.replaceAll(/a=candidate:.*\r\n/g, '');
        return new RTCSessionDescription({ type: description.type, sdp });
      }
    };
  });
}

/**
 * To be run in a page: it reaches the others over the line alone. Nobody learns an address of it, so that nobody reaches it but by
 * answering what came over the line.
 */
function hideBehindTheLine(): void {
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      // Listened to before anybody else can, and kept from them.
      this.addEventListener('icecandidate', (event) => {
        if (event.candidate !== null) event.stopImmediatePropagation();
      });
    }

    override async addIceCandidate(given?: RTCIceCandidateInit | null): Promise<void> {
      const candidate = await window.throughTheLine?.(given?.candidate ?? '');
      if (candidate) await super.addIceCandidate({ ...given, candidate });
    }
  };
}
