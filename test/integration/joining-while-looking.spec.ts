import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '#server';
import { Guests, aRoom, caughtUp } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer({ MESH_DWELL_MS: '50' });
});

afterEach(() => guests.leave());
afterAll(() => server.close());

describe('somebody who still waits for the answer of a look at the room', () => {
  it('may join, with what the look makes ready and nothing more', async () => {
    const room = aRoom();
    await guests.two(room);
    const carol = await guests.connect();
    const [, joined] = await Promise.all([
      carol.request('room:preview', { room }),
      carol.join(room, 'Carol'),
    ]);
    expect(joined.topology.handover).toMatchObject({ epoch: 2, target: 'sfu' });
    expect(server.conference.counts()).toMatchObject({ participants: 3, routers: 1, transports: 6 });
  });

  it('may not look while it joins', async () => {
    const room = aRoom();
    await guests.two(room);
    const carol = await guests.connect();
    const [, refusal] = await Promise.all([
      carol.join(room, 'Carol'),
      carol.refusal('room:preview', { room }),
    ]);
    expect(refusal).toBe('ALREADY_JOINED');
  });

  it('leaves nothing behind when it goes before the answer', async () => {
    const room = aRoom();
    await guests.two(room);
    const carol = await guests.connect();
    const others = await Promise.all(Array.from({ length: 5 }, () => guests.connect()));
    const looked = carol.request('room:preview', { room });
    // Their looks wait until the first one has made the SFU ready, and they do not.
    for (const { socket } of others) socket.emit('room:preview', { room }, () => undefined);
    await caughtUp(others);
    for (const { socket } of others) socket.disconnect();
    await looked;
    // Whoever looks now is answered after all of them.
    await carol.request('room:preview', { room });
    carol.close();
    await until('the SFU to be given back', () => server.conference.counts().transports === 0);
    expect(server.conference.counts().routers).toBe(0);
  });
});
