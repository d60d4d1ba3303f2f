import { constants } from 'node:os';

/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @param {NodeJS.Signals} signal */
function exitAs(signal) {
  process.exit(128 + constants.signals[signal]);
}

/**
 * Does `work`, and `cleanUp` after it, also where the process is told to stop in the middle of it.
 *
 * @template Result
 * @param {() => void} cleanUp synchronous: nothing else runs any more when the process exits
 * @param {() => Promise<Result>} work
 */
export async function cleaningUp(cleanUp, work) {
  // Without a listener Node dies of these signals at once, and 'exit' is never emitted.
  for (const signal of signals) {
    process.on(signal, exitAs);
  }
  process.on('exit', cleanUp);

  try {
    return await work();
  } finally {
    for (const signal of signals) {
      process.off(signal, exitAs);
    }
    process.off('exit', cleanUp);
    cleanUp();
  }
}
