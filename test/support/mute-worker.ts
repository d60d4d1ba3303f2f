import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './processes.ts';
import { until } from './until.ts';

/** A program that may be taken for a media worker: it runs, says nothing, and does not care who goes. */
export class MuteWorker {
  /** For `MEDIASOUP_WORKER_BIN`. */
  readonly path: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'worker');
  }

  static async make(): Promise<MuteWorker> {
    const worker = new MuteWorker(await mkdtemp(join(tmpdir(), 'mute-worker-')));
    await writeFile(worker.path, `#!/bin/sh\necho $$ > '${worker.#pidFile}'\nexec sleep 600\n`, {
      mode: 0o755,
    });
    return worker;
  }

  /** Its process, once it has been started. */
  pid(): Promise<number> {
    return until('the worker to be started', () => this.#readPid());
  }

  /** Whoever has made it ends it: the file goes, and what a server may have left running. */
  async remove(): Promise<void> {
    const pid = await this.#readPid();
    if (pid > 0 && isRunning(pid)) process.kill(pid, 'SIGKILL');
    await rm(this.#folder, { recursive: true });
  }

  /** 0: it has not been started yet. */
  async #readPid(): Promise<number> {
    const text = await readFile(this.#pidFile, 'utf8').catch(() => '');
    return text.endsWith('\n') ? Number(text) : 0;
  }

  get #pidFile(): string {
    return join(this.#folder, 'pid');
  }
}
