import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.mjs';
import { elapsed, report } from '../progress.mjs';
import { run } from '../run.mjs';
import { cacheHome, makeCacheFolder } from './cache.mjs';
import { findCommand } from './commands.mjs';
import { withLock } from './lock.mjs';

/**
 * @typedef {object} Package
 * @property {string} name Debian's name for it
 * @property {string} [command] what it is wanted for: found in PATH, it will do, wherever it comes from
 */

/**
 * @typedef {object} Machine
 * @property {(name: string) => boolean} isInstalled whether a package is
 * @property {(command: string) => boolean} hasCommand whether a command is in PATH
 */

/** @type {Machine} */
const thisMachine = {
  isInstalled(name) {
    const query = spawnSync('dpkg-query', ['--show', '--showformat=${db:Status-Abbrev}', name], {
      encoding: 'utf8',
    });

    return query.status === 0 && query.stdout.startsWith('ii');
  },
  hasCommand: (command) => findCommand(command) !== undefined,
};

/**
 * @param {readonly Package[]} packages
 * @param {Machine} [machine]
 * @returns {string[]} the names of those that are missing
 */
export function missingPackages(packages, { isInstalled, hasCommand } = thisMachine) {
  return packages
    .filter(({ name, command }) => !(command !== undefined && hasCommand(command)) && !isInstalled(name))
    .map(({ name }) => name);
}

/**
 * Whether we may install: as root, through sudo without a password, or not at all.
 *
 * @typedef {'root' | 'sudo' | 'nobody'} Power
 */

/** @returns {Power} */
function power() {
  if (process.getuid?.() === 0) {
    return 'root';
  }

  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? 'sudo' : 'nobody';
}

/**
 * The sentence for somebody who has to install packages by hand.
 *
 * @param {string} purpose what they are for: `Building the mediasoup worker`
 * @param {readonly string[]} names
 */
export function installByHand(purpose, names, { hasSudo = true } = {}) {
  const sudo = hasSudo ? 'sudo ' : '';
  const who = hasSudo ? 'run' : 'as root, run';

  return `${purpose} needs packages that are not installed; ${who}: ${sudo}apt-get update && ${sudo}apt-get install -y ${names.join(' ')}`;
}

/**
 * @param {readonly string[]} names
 * @param {'root' | 'sudo'} as
 * @param {string} log
 */
async function install(names, as, log) {
  const command = as === 'sudo' ? 'sudo' : 'env';
  const before = as === 'sudo' ? ['-n', 'env'] : [];
  // Whoever else is installing right now, such as unattended-upgrades, gets five minutes.
  const patient = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-y', '-o', 'DPkg::Lock::Timeout=300'];
  /** @param {string[]} args */
  const aptGet = async (...args) => (await run(command, [...before, ...patient, ...args], { log })) === 0;

  // A failed update is no failure yet: the lists that are there may still do.
  await aptGet('update');

  return aptGet('install', '--no-install-recommends', ...names);
}

/**
 * Sees to it that Debian packages are installed. Without dpkg it takes for granted that they are:
 * whoever needs them will say what is missing.
 *
 * @param {readonly Package[]} packages
 * @param {string} purpose begins the sentence that says what is missing: `Building the mediasoup worker`
 */
export async function ensurePackages(packages, purpose) {
  if (findCommand('dpkg-query') === undefined || missingPackages(packages).length === 0) {
    return;
  }

  const as = power();

  if (as === 'nobody') {
    throw new Failure(
      installByHand(purpose, missingPackages(packages), { hasSudo: findCommand('sudo') !== undefined }),
    );
  }

  const directory = cacheHome(process.env);
  const log = join(directory, 'apt.log');
  makeCacheFolder(directory);

  await withLock(
    join(directory, 'apt.lock'),
    { onWait: (pid) => report('apt', `waiting for process ${pid}, which is installing packages`) },
    async () => {
      const names = missingPackages(packages);

      if (names.length === 0) {
        return;
      }

      const start = performance.now();
      report('apt', `installing ${names.join(' ')}`);
      rmSync(log, { force: true });

      if (!(await install(names, as, log))) {
        throw new Failure(
          `${installByHand(purpose, names, { hasSudo: as === 'sudo' })} (tried, but it failed; the log is ${log})`,
        );
      }
      report('apt', `installed in ${elapsed(start)}`);
    },
  );
}
