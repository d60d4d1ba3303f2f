import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { aRoom } from '../../support/guests.ts';
import { startServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { TutorialClient } from '../../support/tutorial-client.ts';

jest.setTimeout(60_000);

let server: RunningServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const serve = async (env: Readonly<Record<string, string>> = {}): Promise<RunningServer> => {
  server = await startServer(env);
  return server;
};

describe('for clients of the tutorials', () => {
  it.each([
    ['in development', {}],
    ['where they are wanted in production', { NODE_ENV: 'production', TUTORIALS: 'true' }],
  ])('there is the library of their script tag, and an answer: %s', async (_when, env) => {
    const { url } = await serve(env);
    const library = await fetch(`${url}/socket.io/socket.io.js`);
    expect(library.status).toBe(200);
    expect(library.headers.get('content-type')).toContain('javascript');
    expect(await library.text()).toContain('Socket.IO v4');
    const client = await TutorialClient.connect(url);
    const room = aRoom();
    client.say('create or join', room);
    expect(await client.next('created')).toEqual([room, client.id]);
    await client.closed();
  });

  it.each([
    ['in production', { NODE_ENV: 'production' }],
    ['where they are not wanted', { TUTORIALS: 'false' }],
  ])('there is nothing: %s', async (_when, env) => {
    const { url } = await serve(env);
    expect((await fetch(`${url}/socket.io/socket.io.js`)).status).not.toBe(200);
    await expect(TutorialClient.connect(url)).rejects.toThrow('TUTORIALS=true');
  });

  it('from a page on another port of this machine, and from no page elsewhere', async () => {
    const { url } = await serve();
    const allowed = async (origin: string): Promise<string | null> => {
      const response = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers: { origin } });
      return response.headers.get('access-control-allow-origin');
    };
    for (const origin of ['http://localhost:8080', 'https://127.0.0.1:5500', 'http://[::1]:3000']) {
      expect(await allowed(origin)).toBe(origin);
    }
    for (const origin of ['https://example.org', 'http://localhost.example.org', 'http://notlocalhost:80']) {
      expect(await allowed(origin)).toBeNull();
    }
  });

  it('that bring Socket.IO 2 along, whose protocol is another', async () => {
    const { url } = await serve();
    const polling = `${url}/socket.io/?EIO=3&transport=polling`;
    const opened = await (await fetch(polling)).text();
    const [, sid] = /"sid":"([^"]+)"/.exec(opened) ?? [];
    expect(sid).toBeDefined();
    // Engine.IO 3 puts the length of each packet before it, and its clients are in the default namespace without asking.
    const packet = '42["create or join","an old client"]';
    const said = await fetch(`${polling}&sid=${sid}`, { method: 'POST', body: `${packet.length}:${packet}` });
    expect(await said.text()).toBe('ok');
    let heard = '';
    while (!heard.includes('"created"')) heard += await (await fetch(`${polling}&sid=${sid}`)).text();
    expect(heard).toContain('["created","an old client"');
  });

  it('nothing is left of them when they are gone', async () => {
    const { url } = await serve();
    const open = async (): Promise<string[]> => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return text.split('\n').filter((line) => line.startsWith('switchyard_tutorial_'));
    };
    const openAtMost: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const room = aRoom();
      const clients = await Promise.all(Array.from({ length: 3 }, () => TutorialClient.connect(url)));
      for (const client of clients) {
        client.say('create or join', room);
        client.say('ready', { chat_room: room, signal_room: `${room} signals` });
        await client.ask('enter_room', room);
      }
      if (round === 0) openAtMost.push(...(await open()));
      await Promise.all(clients.map((client) => client.closed()));
    }
    // Two in the room of the codelab, three in each of the others.
    expect(openAtMost).toEqual(['switchyard_tutorial_rooms 4', 'switchyard_tutorial_participants 11']);
    const nothing = ['switchyard_tutorial_rooms 0', 'switchyard_tutorial_participants 0'];
    expect(
      await until('all to be gone', async () => JSON.stringify(await open()) === JSON.stringify(nothing)),
    ).toBe(true);
  });

  it('the server stops, and takes nobody along', async () => {
    const running = await serve();
    const client = await TutorialClient.connect(running.url);
    const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
    await client.ask('enter_room', aRoom());
    await running.close();
    await gone;
    expect(client.socket.connected).toBe(false);
  });
});
