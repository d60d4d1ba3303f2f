import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createWorker, type types } from 'mediasoup';

/** A worker says that it runs within some 10 ms; a machine may be busy, and no machine is that busy. */
const SPEAKS_WITHIN_MS = 10_000;

/** The program runs, and is no mediasoup worker, or not one that works. */
export class WorkerSilentError extends Error {}

/**
 * Starts a worker's process.
 * @param workerBin its program, where it is not mediasoup's own
 * @param signal ends the process, if that has not said yet that it runs
 * @throws WorkerSilentError when it says nothing in time; Error when it cannot be run, ends, or is ended by the signal
 */
export async function startWorker(workerBin: string | undefined, signal: AbortSignal): Promise<types.Worker> {
  signal.throwIfAborted();
  const [started, processes] = withProcesses(() =>
    deafToSignals(() =>
      createWorker({ logLevel: 'warn', ...(workerBin === undefined ? {} : { workerBin }) }),
    ),
  );
  // mediasoup waits for as long as the process runs. It need not understand any milder signal.
  const end = (): void => {
    for (const one of processes) one.kill('SIGKILL');
  };
  let silent = false;
  const deadline = setTimeout(() => {
    silent = true;
    end();
  }, SPEAKS_WITHIN_MS);
  signal.addEventListener('abort', end);
  // A worker that works ends with this process by itself.
  process.once('exit', end);
  try {
    return await started;
  } catch (error) {
    if (!silent) throw error;
    throw new WorkerSilentError(`it runs, and has said nothing for ${SPEAKS_WITHIN_MS / 1000} s`, {
      cause: error,
    });
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', end);
    process.removeListener('exit', end);
  }
}

/** mediasoup shows its process to nobody; Node tells of each that is started. */
function withProcesses<T>(start: () => T): readonly [T, readonly ChildProcess[]] {
  const processes: ChildProcess[] = [];
  const hear = (message: unknown): void => {
    processes.push((message as { readonly process: ChildProcess }).process);
  };
  subscribe('child_process', hear);
  try {
    return [start(), processes];
  } finally {
    unsubscribe('child_process', hear);
  }
}

/**
 * mediasoup closes a worker as soon as this process is told to stop, and by listening keeps Node from ending by itself. When the
 * media ends is for the application to say, which has calls to close first.
 */
function deafToSignals<T>(start: () => T): T {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)));
  const started = start();
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.has(listener)) process.removeListener(signal, listener);
    }
  }
  return started;
}
