import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { cleaningUp } from '../cleanup.mjs';

const POLL_MS = 500;

/**
 * A process, such that another one that gets the same pid later is not mistaken for it: after a reboot
 * or in a container a pid soon comes again.
 *
 * @param {number} pid
 * @returns {string} pid and, where the system tells it, when the process started
 */
export function processIdentity(pid) {
  try {
    // Field 22 is the start time in clock ticks (proc(5)). Field 2, the name in brackets, may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');

    return `${pid} ${fields[19]}`;
  } catch {
    return `${pid}`;
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** @param {string} identity */
function isAlive(identity) {
  const pid = Number.parseInt(identity, 10);

  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user exists, though it cannot be signalled.
    if (!hasCode(error, 'EPERM')) {
      return false;
    }
  }

  return processIdentity(pid) === identity;
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Takes a dead process's lock away.
 *
 * @param {string} path
 * @param {string} holder the dead one
 */
function removeStale(path, holder) {
  const aside = `${path}.stale.${process.pid}`;

  try {
    renameSync(path, aside);
  } catch {
    // Somebody else has just taken it away.
    return;
  }
  if (readFileSync(aside, 'utf8') === holder) {
    rmSync(aside);
  } else {
    // Between our look and our move somebody else removed the stale lock and took the place: give it
    // back. (If a third one came in just now, two work at once. What is done under these locks can be
    // done twice; it only costs time.)
    renameSync(aside, path);
  }
}

/**
 * One attempt to take a lock.
 *
 * @param {string} path
 * @returns {number | undefined} the pid of the process that holds it; nothing if it is ours now
 */
export function tryLock(path) {
  // Written aside and linked, so that nobody ever sees a lock without its holder.
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, processIdentity(process.pid));

  try {
    for (;;) {
      try {
        linkSync(mine, path);
        return undefined;
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) {
          throw error;
        }
      }

      const holder = readIfThere(path);

      if (holder !== undefined && isAlive(holder)) {
        return Number.parseInt(holder, 10);
      }
      if (holder !== undefined) {
        removeStale(path, holder);
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Does `work` while no other process does work under the same lock. A lock whose holder died is taken over.
 *
 * @template Result
 * @param {string} path a file in a directory that exists
 * @param {object} options
 * @param {(holder: number) => void} options.onWait told the holder's pid, once, if there is a wait
 * @param {() => Promise<Result>} work
 */
export async function withLock(path, { onWait }, work) {
  let told = false;

  for (let holder = tryLock(path); holder !== undefined; holder = tryLock(path)) {
    if (!told) {
      told = true;
      onWait(holder);
    }
    await delay(POLL_MS);
  }

  return cleaningUp(() => rmSync(path, { force: true }), work);
}
