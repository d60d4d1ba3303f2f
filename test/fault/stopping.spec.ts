import { connect } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Guests } from '../support/guests.ts';
import { MuteWorker } from '../support/mute-worker.ts';
import { isRunning } from '../support/processes.ts';
import { ServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

/** From the signal to the end of the process. */
const STOP_LIMIT_MS = 5000;

let server: ServerProcess | undefined;
const guests = new Guests(() => server?.url ?? '');

afterEach(async () => {
  guests.leave();
  await server?.destroy();
});

async function start(): Promise<ServerProcess> {
  server = await ServerProcess.start({ WORKERS: '2' });
  return server;
}

describe('a server that is told to stop', () => {
  it.each([
    ['SIGTERM', (running: ServerProcess) => running.signal('SIGTERM')],
    ['SIGINT', (running: ServerProcess) => running.signal('SIGINT')],
    ['Ctrl-C, which its workers get as well', (running: ServerProcess) => running.signalGroup('SIGINT')],
  ])('by %s tells everyone why, ends in time, and leaves no worker', async (_how, stop) => {
    const running = await start();
    const inTheSfu = await guests.threeInTheSfu();
    await inTheSfu[0].publish(2, 'mic', 'camera');
    await inTheSfu[1].next('consumer:created');
    const inAMesh = await guests.two();
    const onTheWay = await guests.three();
    const { workers } = running;
    expect(workers).toHaveLength(2);

    const before = performance.now();
    stop(running);
    expect(await running.exited()).toEqual({ code: 0, signal: null });
    expect(performance.now() - before).toBeLessThan(STOP_LIMIT_MS);

    for (const session of [...inTheSfu, ...inAMesh, ...onTheWay]) {
      const { reason } = await session.next('room:closed');
      expect(reason).toBe('server-stopping');
      // The room is closed as a whole: nobody sees the others go one by one.
      expect(session.all('participant:left')).toEqual([]);
      expect(session.heard.at(-1)?.name).toBe('room:closed');
    }
    await until('the workers to end', () => !workers.some(isRunning));
    expect(running.stderr).toBe('');
  });

  it('ends in time although a client never hangs up', async () => {
    const running = await start();
    // A request that is never finished holds its connection open.
    const { port } = new URL(running.url);
    const stuck = connect(Number(port), '127.0.0.1');
    stuck.on('error', () => undefined);
    await new Promise((resolve) => stuck.write('GET / HTTP/1.1\r\nHost: localhost\r\n', resolve));
    running.signal('SIGTERM');
    expect(await running.exited(STOP_LIMIT_MS)).toEqual({ code: 0, signal: null });
    stuck.destroy();
  });

  it('while it starts ends as well, and leaves no worker', async () => {
    const starting = await ServerProcess.spawn({ WORKERS: '4' });
    server = starting;
    const workers = await until(
      'the first worker',
      () => (starting.workers.length > 0 ? starting.workers : undefined),
      { everyMs: 1 },
    );
    starting.signal('SIGTERM');
    expect(await starting.exited(STOP_LIMIT_MS)).toEqual({ code: 0, signal: null });
    await until('the workers to end', () => !workers?.some(isRunning));
    expect(starting.stdout).toBe('');
  });
});

describe('a server whose worker neither speaks nor ends', () => {
  it('ends when it is told to, and takes that along', async () => {
    const worker = await MuteWorker.make();
    try {
      const starting = await ServerProcess.spawn({ MEDIASOUP_WORKER_BIN: worker.path });
      server = starting;
      const pid = await worker.pid();
      starting.signal('SIGTERM');
      expect(await starting.exited(STOP_LIMIT_MS)).toEqual({ code: 0, signal: null });
      await until('the worker to end', () => !isRunning(pid));
    } finally {
      await worker.remove();
    }
  });
});

describe('a server that is killed', () => {
  it('leaves no worker behind, and its sessions notice', async () => {
    const running = await start();
    const [alice] = await guests.threeInTheSfu();
    const lost = new Promise((resolve) => {
      alice.socket.once('disconnect', resolve);
    });
    const { workers } = running;
    expect(workers).toHaveLength(2);

    running.signal('SIGKILL');

    expect(await running.exited()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await lost).toBe('transport close');
    await until(
      () => `the workers to end: ${workers.filter(isRunning).join(', ')}`,
      () => !workers.some(isRunning),
      {
        deadlineMs: STOP_LIMIT_MS,
      },
    );
  });
});
