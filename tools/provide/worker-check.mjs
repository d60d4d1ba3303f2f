import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The worker's exit code where nobody tells it a MEDIASOUP_VERSION: it loaded its libraries and ran. */
const NO_VERSION_GIVEN = 41;

const TRIAL_TIMEOUT_MS = 30_000;

/**
 * Whether the program runs here at all; it does not where a library is missing or too old. Takes some
 * milliseconds.
 *
 * @param {string} binary
 */
export function starts(binary) {
  const { MEDIASOUP_VERSION: _, ...env } = process.env;

  return spawnSync(binary, { env, stdio: 'ignore', timeout: TRIAL_TIMEOUT_MS }).status === NO_VERSION_GIVEN;
}

/**
 * Uses a new worker as the server will. It happens in a process of its own, because mediasoup takes the
 * worker's path from the environment, and a worker that hangs or crashes must not take this process
 * along.
 *
 * @param {string} binary
 * @returns {string | undefined} what is wrong with it
 */
export function faultOf(binary) {
  if (!starts(binary)) {
    return 'it does not run on this machine';
  }

  const trial = spawnSync(process.execPath, [join(import.meta.dirname, 'worker-trial.mjs')], {
    env: { ...process.env, MEDIASOUP_WORKER_BIN: binary },
    encoding: 'utf8',
    timeout: TRIAL_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });

  if (trial.status === 0) {
    return undefined;
  }

  return trial.stderr.trim().split('\n').at(-1) || 'it failed its trial';
}
