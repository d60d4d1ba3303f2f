import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { aRoom } from '../../support/guests.ts';
import { startServer } from '../../support/server.ts';
import { TutorialClients, type TutorialClient } from '../../support/tutorial-client.ts';
import { until } from '../../support/until.ts';

jest.setTimeout(60_000);

/** Passes HTTP on, and refuses what is to become a WebSocket, as the proxies of some companies and hotels do. */
class OldProxy {
  refusals = 0;
  readonly #server: Server;

  private constructor(target: string) {
    this.#server = createServer((request, response) => {
      const { method, headers } = request;
      const onward = httpRequest(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      response.on('close', () => onward.destroy());
      request.pipe(onward);
    });
    this.#server.on('upgrade', (_request, socket) => {
      this.refusals += 1;
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    });
  }

  static async start(target: string): Promise<OldProxy> {
    const proxy = new OldProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

let server: RunningServer;
let proxy: OldProxy;
const readers = new TutorialClients(() => proxy.url);

beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  proxy = await OldProxy.start(server.url);
});
afterEach(async () => {
  await readers.leave();
  await proxy.close();
});
afterAll(() => server.close());

const transportOf = ({ socket }: TutorialClient): string => socket.io.engine.transport.name;

/** Two meet, talk, and part. */
async function story(first: TutorialClient, second: TutorialClient): Promise<void> {
  const room = aRoom();
  first.say('create or join', room);
  expect(await first.next('created')).toEqual([room, first.id]);
  second.say('create or join', room);
  expect(await second.next('joined')).toEqual([room, second.id]);
  expect(await first.next('join')).toEqual([room]);

  second.say('message', 'got user media');
  expect(await first.next('message')).toEqual(['got user media']);
  const offer = { type: 'offer', sdp: `v=0\r\n${'a=candidate:1\r\n'.repeat(500)}` };
  first.say('message', offer);
  expect(await second.next('message')).toEqual([offer]);
  const candidates = Array.from({ length: 20 }, (_, label) => ({ type: 'candidate', label }));
  for (const candidate of candidates) second.say('message', candidate);
  for (const candidate of candidates) expect(await first.next('message')).toEqual([candidate]);

  second.close();
  expect(await first.next('message')).toEqual(['bye']);
}

describe('behind a proxy that refuses WebSocket', () => {
  it('a client that polls has the whole story', async () => {
    const polling = { transports: ['polling'] };
    const [first, second] = [await readers.connect(polling), await readers.connect(polling)];
    await story(first, second);
    expect(proxy.refusals).toBe(0);
  });

  it('a client that was told nothing tries WebSocket, is refused, and polls on', async () => {
    const [first, second] = [await readers.connect(), await readers.connect()];
    await until('both to be refused', () => proxy.refusals === 2);
    await story(first, second);
    expect([first, second].map(transportOf)).toEqual(['polling', 'polling']);
  });

  it('a client that prefers WebSocket polls after it was refused, if it may', async () => {
    const either = { transports: ['websocket', 'polling'], tryAllTransports: true };
    const [first, second] = [await readers.connect(either), await readers.connect(either)];
    await story(first, second);
    expect(proxy.refusals).toBe(2);
    expect([first, second].map(transportOf)).toEqual(['polling', 'polling']);
  });

  it('a client of WebSocket alone is told that it cannot connect', async () => {
    const connecting = readers.connect({ transports: ['websocket'] });
    await expect(connecting).rejects.toThrow('websocket error');
    expect(proxy.refusals).toBe(1);
  });
});
