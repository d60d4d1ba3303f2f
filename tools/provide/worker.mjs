import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cleaningUp } from '../cleanup.mjs';
import { contentHash } from '../content-hash.mjs';
import { Failure } from '../failure.mjs';
import { elapsed, report } from '../progress.mjs';
import { cacheHome, makeCacheFolder } from './cache.mjs';
import { isExecutableFile } from './commands.mjs';
import { withLock } from './lock.mjs';
import { mediasoupPackage } from './mediasoup-package.mjs';
import { buildWorker, RECIPE } from './worker-build.mjs';
import { starts } from './worker-check.mjs';
import { downloadWorker } from './worker-download.mjs';

/** The folders to work in, beside the worker, begin with this. */
const WORK = 'work.';

/**
 * Where a worker is kept. The recipe is part of it, so that a worker built in an older way is not used.
 *
 * @param {string} home of the cache
 * @param {{ version: string, platform: string, arch: string, recipe: string }} what
 */
export function workerCache(home, { version, platform, arch, recipe }) {
  const name = `${version}-${platform}-${arch}-${recipe.slice(0, 8)}`;

  return join(home, 'mediasoup-worker', name);
}

/** @param {string} given */
function givenWorker(given) {
  const binary = resolve(given);

  if (!isExecutableFile(binary)) {
    throw new Failure(`MEDIASOUP_WORKER_BIN is ${given}, which is not an executable file.`);
  }
  report('worker', `${binary}, given by MEDIASOUP_WORKER_BIN`);

  return binary;
}

/**
 * Downloads or builds the worker.
 *
 * @param {string} directory the worker's in the cache
 * @param {string} target the worker's path in it
 * @param {import('./mediasoup-package.mjs').MediasoupPackage} mediasoup
 * @param {NodeJS.ProcessEnv} env
 */
async function makeWorker(directory, target, mediasoup, env) {
  const start = performance.now();
  // Not shared: if a build was killed, its compilers may still be writing into theirs.
  const workDirectory = join(directory, `${WORK}${process.pid}`);
  const clear = () => {
    for (const name of readdirSync(directory).filter((each) => each.startsWith(WORK))) {
      rmSync(join(directory, name), { recursive: true, force: true, maxRetries: 5 });
    }
  };

  // Left behind, if at all, by a process that was killed.
  clear();
  mkdirSync(workDirectory);

  await cleaningUp(clear, async () => {
    const missed = await downloadWorker({ mediasoup, target, workDirectory, env });

    if (missed === undefined) {
      report('worker', `${target}, mediasoup's prebuilt one, downloaded in ${elapsed(start)}`);
      return;
    }

    report('worker', `mediasoup's prebuilt one cannot be used: ${missed}`);
    await buildWorker({ mediasoup, target, workDirectory, log: join(directory, 'build.log') });
    report('worker', `${target}, built in ${elapsed(start)}`);
  });
}

/**
 * Provides the mediasoup worker: the one that MEDIASOUP_WORKER_BIN names, or the cached one, or
 * mediasoup's prebuilt one, or one built here (docs/worker.md).
 *
 * @returns {Promise<string>} its path
 */
export async function provideWorker(env = process.env) {
  if (env.MEDIASOUP_WORKER_BIN) {
    return givenWorker(env.MEDIASOUP_WORKER_BIN);
  }

  const mediasoup = mediasoupPackage();
  const directory = workerCache(cacheHome(env), {
    version: mediasoup.version,
    platform: process.platform,
    arch: process.arch,
    recipe: contentHash(RECIPE, ['.']),
  });
  const target = join(directory, 'mediasoup-worker');
  const isCached = () => isExecutableFile(target) && starts(target);

  if (isCached()) {
    report('worker', `${target}, from the cache`);
    return target;
  }

  makeCacheFolder(directory);
  await withLock(
    join(directory, 'lock'),
    { onWait: (pid) => report('worker', `waiting for process ${pid}, which is providing it already`) },
    async () => {
      if (isCached()) {
        report('worker', `${target}, from the cache`);
      } else {
        await makeWorker(directory, target, mediasoup, env);
      }
    },
  );

  return target;
}
