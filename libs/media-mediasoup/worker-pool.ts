import type { types } from 'mediasoup';
import type { MediaConfig } from '#config';
import { DomainError, type Log } from '#kernel';
import type { ErrorCode } from '#protocol';
import { listenAddresses } from './listen-addresses.ts';
import { WorkerSilentError, startWorker } from './start-worker.ts';

/** One worker process and the fixed port it serves. */
export interface PooledWorker {
  readonly worker: types.Worker;
  readonly webRtcServer: types.WebRtcServer;
  readonly port: number;
  routers: number;
}

const REPLACE_ATTEMPTS = 5;
const REPLACE_PAUSE_MS = 200;

/** Keeps as many workers running as it was started with: one that dies is replaced on the same port. */
export class WorkerPool {
  readonly #config: MediaConfig;
  readonly #log: Log;
  readonly #workers = new Set<PooledWorker>();
  readonly #replacements = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #closed = false;

  constructor(config: MediaConfig, log: Log) {
    this.#config = config;
    this.#log = log;
  }

  /** @throws Error with one sentence that says what to do, when a worker cannot start or its port is taken */
  async start(): Promise<void> {
    try {
      for (let index = 0; index < this.#config.workers && !this.#closed; index += 1) {
        const { worker } = await this.#startWorker(this.#config.rtcPort + index);
        if (this.#closed) worker.close();
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get size(): number {
    return this.#workers.size;
  }

  /**
   * The worker with the fewest rooms. Where all have died, and one is being started in their place, that one.
   * @throws DomainError `MEDIA_UNAVAILABLE`
   */
  async leastLoaded(): Promise<PooledWorker> {
    if (this.#workers.size === 0) await Promise.any(this.#replacements).catch(() => undefined);
    let least: PooledWorker | undefined;
    for (const candidate of this.#workers) {
      if (least === undefined || candidate.routers < least.routers) least = candidate;
    }
    if (least === undefined) {
      throw new DomainError<ErrorCode>(
        'MEDIA_UNAVAILABLE',
        'no media worker is running, try again in a moment',
      );
    }
    return least;
  }

  close(): void {
    this.#closed = true;
    this.#closing.abort();
    for (const { worker } of this.#workers) worker.close();
    this.#workers.clear();
  }

  async #startWorker(port: number): Promise<PooledWorker> {
    const { workerBin } = this.#config;
    const worker = await startWorker(workerBin, this.#closing.signal).catch((error: unknown) => {
      const details = [
        ...(workerBin === undefined ? [] : [workerBin]),
        ...(error instanceof WorkerSilentError ? [error.message] : []),
      ].join(': ');
      throw new Error(
        `The mediasoup worker did not start${details === '' ? '' : ` (${details})`}; ` +
          'start with `npm start`, or set MEDIASOUP_WORKER_BIN to a worker that runs here',
        { cause: error },
      );
    });
    try {
      const webRtcServer = await worker.createWebRtcServer({
        listenInfos: listenAddresses(this.#config).flatMap((address) =>
          (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ...address, port })),
        ),
      });
      const pooled: PooledWorker = { worker, webRtcServer, port, routers: 0 };
      worker.on('died', (cause) => this.#died(pooled, cause));
      this.#workers.add(pooled);
      return pooled;
    } catch (error) {
      worker.close();
      throw new Error(
        `The media port ${port} (UDP and TCP) cannot be used: another program has it; ` +
          'stop that program, or set RTC_PORT to the first of as many free ports as there are workers',
        { cause: error },
      );
    }
  }

  #died(dead: PooledWorker, cause: Error): void {
    this.#workers.delete(dead);
    this.#log.error({ pid: dead.worker.pid, port: dead.port, err: cause }, 'a media worker died');
    const replacement = this.#replace(dead.port);
    this.#replacements.add(replacement);
    replacement
      .catch((error: unknown) =>
        this.#log.error({ port: dead.port, err: error }, 'no media worker could be started in its place'),
      )
      .finally(() => this.#replacements.delete(replacement));
  }

  async #replace(port: number): Promise<void> {
    for (let attempt = 1; !this.#closed; attempt += 1) {
      try {
        const { worker } = await this.#startWorker(port);
        if (this.#closed) worker.close();
        else this.#log.info({ pid: worker.pid, port }, 'a new media worker has taken its place');
        return;
      } catch (error) {
        if (attempt === REPLACE_ATTEMPTS) throw error;
        // The kernel may hold the dead worker's port for a moment.
        await new Promise((resolve) => setTimeout(resolve, REPLACE_PAUSE_MS * attempt));
      }
    }
  }
}
