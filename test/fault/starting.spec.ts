// A server that cannot start says so in one sentence that says what to do, and ends with 1.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { freePorts } from '../support/free-ports.ts';
import { MuteWorker } from '../support/mute-worker.ts';
import { childrenOf, isRunning } from '../support/processes.ts';
import { ServerProcess } from '../support/server-process.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

const toClose: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

/** Starts a server that is expected to end by itself, and resolves with what it said. */
async function failingStart(env: Record<string, string>): Promise<string> {
  const server = await ServerProcess.spawn(env);
  toClose.push(() => server.destroy());
  const exit = await server.exited();
  expect({ ...exit, stdout: server.stdout, workers: childrenOf(server.pid) }).toEqual({
    code: 1,
    signal: null,
    stdout: '',
    workers: [],
  });
  return server.stderr;
}

async function takenTcpPort(): Promise<number> {
  const program = createServer();
  program.listen(0, '127.0.0.1');
  await once(program, 'listening');
  toClose.push(() => program.close());
  return (program.address() as AddressInfo).port;
}

async function takenUdpPort(): Promise<number> {
  const program = createSocket('udp4');
  program.bind(0, '127.0.0.1');
  await once(program, 'listening');
  toClose.push(() => program.close());
  return program.address().port;
}

describe('a server that cannot start', () => {
  it('because its port is taken says which, and what to do', async () => {
    const port = await takenTcpPort();
    expect(await failingStart({ PORT: String(port) })).toBe(
      `Port ${port} is in use: stop the program that has it, or set PORT to another.\n`,
    );
  });

  it('because another one runs already says so, and leaves that one alone', async () => {
    const first = await ServerProcess.start();
    toClose.push(() => first.destroy());
    const { port } = new URL(first.url);
    expect(await failingStart({ PORT: port })).toMatch(/^Port \d+ is in use: [^\n]+\n$/);
    const health = await fetch(new URL('/healthz', first.url));
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
  });

  it.each([
    ['UDP', takenUdpPort],
    ['TCP', takenTcpPort],
  ])('because its media port is taken (%s) says which, and what to do', async (_protocol, take) => {
    const port = await take();
    expect(await failingStart({ RTC_PORT: String(port) })).toBe(
      `The media port ${port} (UDP and TCP) cannot be used: another program has it; ` +
        'stop that program, or set RTC_PORT to the first of as many free ports as there are workers\n',
    );
  });

  it('because the media port of its second worker is taken names that one, and leaves no worker', async () => {
    const first = await freePorts(2);
    const program = createSocket('udp4');
    program.bind(first + 1, '127.0.0.1');
    await once(program, 'listening');
    toClose.push(() => program.close());
    expect(await failingStart({ RTC_PORT: String(first), WORKERS: '2' })).toMatch(
      new RegExp(`^The media port ${first + 1} \\(UDP and TCP\\) cannot be used: [^\n]+\n$`),
    );
  });

  it.each([
    ['does not exist', '/nowhere/mediasoup-worker'],
    ['is a folder', '/'],
    ['is another program', process.execPath],
    ['ends at once', '/bin/true'],
  ])('because its worker %s says which, and what to do', async (_what, path) => {
    expect(await failingStart({ MEDIASOUP_WORKER_BIN: path })).toBe(
      `The mediasoup worker did not start (${path}); ` +
        'start with `npm start`, or set MEDIASOUP_WORKER_BIN to a worker that runs here\n',
    );
  });

  it('because its worker neither speaks nor ends says so, and ends it', async () => {
    const worker = await MuteWorker.make();
    toClose.push(() => worker.remove());
    expect(await failingStart({ MEDIASOUP_WORKER_BIN: worker.path })).toBe(
      `The mediasoup worker did not start (${worker.path}: it runs, and has said nothing for 10 s); ` +
        'start with `npm start`, or set MEDIASOUP_WORKER_BIN to a worker that runs here\n',
    );
    expect(isRunning(await worker.pid())).toBe(false);
  });

  it('because of its configuration lists all that is wrong', async () => {
    expect(
      await failingStart({ WORKERS: 'many', RTC_PORT: '20000', SWITCHYARD_PORT: '80', LOG_LEVEL: 'loud' }),
    ).toBe(
      'The configuration is not usable:\n' +
        '  - SWITCHYARD_PORT: there is no such variable, its name is PORT\n' +
        '  - WORKERS: expected a whole number from 1 to 128\n' +
        '  - LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal, silent\n',
    );
  });
});
