import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { freePorts } from '../../../support/free-ports.ts';
import { childrenOf } from '../../../support/processes.ts';
import { workerBin } from '../../../support/server.ts';
import { until, within } from '../../../support/until.ts';
import type { Machine } from './machine.ts';
import { useOf } from './proc.ts';
import type { FullReading, Question, Reading } from './reading.ts';

export type Contestant = 'ours' | 'toy';

const OURS = resolve(import.meta.dirname, '../../../../dist/server/apps/server/main.js');
const TOY = join(import.meta.dirname, 'toy-server.ts');
const HOST = '127.0.0.1';

const START_DEADLINE_MS = 30_000;
const ANSWER_DEADLINE_MS = 20_000;
/** A server that uses less than this in such a pause has nothing to do any more. */
const QUIET_MS = 3;
const QUIET_PAUSE_MS = 50;

/** A server in a process of its own, that tells what it uses. */
export class ServerUnderTest {
  readonly host = HOST;
  readonly port: number;
  readonly #child: ChildProcess;
  #said = '';

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk: string) => (this.#said += chunk));
  }

  /** Resolves once it takes connections. `nodeFlags` are added, for example `--cpu-prof`. */
  static async start(contestant: Contestant, machine: Machine): Promise<ServerUnderTest> {
    const port = await freePorts();
    const preload = new URL('answer-readings.ts', import.meta.url).href;
    const extra = process.env.BENCH_SERVER_FLAGS?.split(' ') ?? [];
    const flags = ['--expose-gc', '--import', preload, ...extra];
    const env = {
      PATH: process.env.PATH,
      HOST,
      PORT: String(port),
      ...(contestant === 'ours' && {
        LOG_LEVEL: 'warn',
        WORKERS: '1',
        RTC_PORT: String(await freePorts()),
        MEDIASOUP_WORKER_BIN: workerBin(),
      }),
    };
    const child = spawn(...machine.wrap(process.execPath, [...flags, contestant === 'ours' ? OURS : TOY]), {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const server = new ServerUnderTest(child, port);
    await until(
      () => `${contestant} to be ready; it said: ${server.#said}`,
      () => server.#hasEnded || /is ready: open/.test(server.#said),
      { deadlineMs: START_DEADLINE_MS },
    );
    if (server.#hasEnded) throw new Error(`${contestant} ended instead of starting: ${server.#said}`);
    return server;
  }

  async read(question: Question = 'cpu'): Promise<FullReading> {
    const answer = once(this.#child, 'message');
    this.#child.send(question);
    const [reading] = (await within(ANSWER_DEADLINE_MS, 'what the server uses', answer)) as [Reading];
    const workers = childrenOf(this.#pid).map(useOf);
    return {
      ...reading,
      workerCpuMs: workers.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      workerRssBytes: workers.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
    };
  }

  /** Resolves once it has nothing to do, as after many have left. */
  async settled(): Promise<void> {
    let last = (await this.read()).cpuMs;
    await until(
      'the server to settle',
      async () => {
        const { cpuMs } = await this.read();
        const isQuiet = cpuMs - last < QUIET_MS;
        last = cpuMs;
        return isQuiet;
      },
      { everyMs: QUIET_PAUSE_MS, deadlineMs: START_DEADLINE_MS },
    );
  }

  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await within(START_DEADLINE_MS, 'the server to end', ended).catch(() => this.#child.kill('SIGKILL'));
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  get #pid(): number {
    if (this.#child.pid === undefined) throw new Error('the server was not started');
    return this.#child.pid;
  }
}
