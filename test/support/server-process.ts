import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { childrenOf } from './processes.ts';
import { serverEnvironment } from './server.ts';
import { until, within } from './until.ts';

const MAIN = resolve(import.meta.dirname, '../../dist/server/apps/server/main.js');

/** How long a busy machine may take to start a server. */
const START_DEADLINE_MS = 30_000;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The server as it is started in production: built, in a process of its own. */
export class ServerProcess {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #exited: Promise<Exit>;

  private constructor(env: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [MAIN], {
      // Nothing of the surroundings, which may have variables that the server reads.
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, as a shell gives it.
      detached: true,
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (this.stdout += chunk));
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (this.stderr += chunk));
    this.#exited = new Promise((done, fail) => {
      this.#child.once('error', fail);
      this.#child.once('close', (code, signal) => done({ code, signal }));
    });
  }

  /** Starts it, and does not wait for it. `env` is added to `serverEnvironment`'s. */
  static async spawn(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    if (!existsSync(MAIN))
      throw new Error(`there is no ${MAIN}: run this suite by \`npm run test:fault\`, which builds it`);
    return new ServerProcess(await serverEnvironment(env));
  }

  /** Starts it, and resolves once it accepts calls. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const server = await ServerProcess.spawn(env);
    await Promise.race([
      until(
        () => `the server to be ready; it said: ${server.stdout}${server.stderr}`,
        () => server.#readyUrl() !== undefined,
        { deadlineMs: START_DEADLINE_MS },
      ),
      server.#exited.then(({ code }) => {
        throw new Error(`the server ended with ${code} instead of starting: ${server.stderr}`);
      }),
    ]);
    return server;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the server was not started');
    return this.#child.pid;
  }

  get url(): string {
    const url = this.#readyUrl();
    if (url === undefined) throw new Error('the server is not ready yet');
    return url;
  }

  /** The media workers' processes. */
  get workers(): number[] {
    return childrenOf(this.pid);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** To the server and all its workers, as a terminal does it. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }

  /** Resolves once it has ended and everything it said was read. */
  exited(deadlineMs = START_DEADLINE_MS): Promise<Exit> {
    return within(deadlineMs, 'the server to end', this.#exited);
  }

  /** For tests that are over: ends it at once, if it has not ended. */
  async destroy(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #readyUrl(): string | undefined {
    return /is ready: open (https?:\S+)/.exec(this.stdout)?.[1];
  }
}
