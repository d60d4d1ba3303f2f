import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../failure.mjs';
import { elapsed, ninjaProgress, report } from '../progress.mjs';
import { run } from '../run.mjs';
import { ensurePackages } from './apt.mjs';
import { applyPatches } from './patch.mjs';
import { faultOf } from './worker-check.mjs';
import { patches } from './worker-recipe/patches.mjs';
import { workerSources } from './worker-sources.mjs';

/** What the build consists of, besides mediasoup's sources. */
export const RECIPE = join(import.meta.dirname, 'worker-recipe');

/** @type {readonly import('./apt.mjs').Package[]} */
const PACKAGES = [
  { name: 'cmake', command: 'cmake' },
  { name: 'ninja-build', command: 'ninja' },
  { name: 'g++', command: 'g++' },
  { name: 'pkg-config', command: 'pkg-config' },
  // Not any flatc: its version has to be that of the headers.
  { name: 'flatbuffers-compiler' },
  { name: 'libflatbuffers-dev' },
  { name: 'libabsl-dev' },
  { name: 'libsrtp2-dev' },
  { name: 'libssl-dev' },
  { name: 'libuv1-dev' },
];

/** What one compiler takes at worst, with room for the rest of the machine. */
const MEMORY_PER_JOB = 1024 ** 3;

/**
 * @param {string} directory of the build
 * @param {string} worker mediasoup's `worker` folder
 */
function layOut(directory, worker) {
  cpSync(RECIPE, directory, { recursive: true });
  for (const part of ['src', 'include', 'deps', 'fbs']) {
    cpSync(join(worker, part), join(directory, 'worker', part), { recursive: true });
  }
  applyPatches(join(directory, 'worker'), patches);
  writeFileSync(join(directory, 'sources.txt'), `${workerSources(worker).join('\n')}\n`);
}

/**
 * @param {string} log the text of the build's log
 * @returns {string | undefined} the first thing that went wrong, as CMake or the compiler put it
 */
export function firstError(log) {
  // CMake says where in one line and what in the next.
  const found = /^CMake Error.*:\n\s*(?<cmake>.+)$|^(?<compiler>.*\berror: .+)$/m.exec(log)?.groups;

  return found?.cmake ?? found?.compiler;
}

/** @param {string} log */
function buildFailure(log) {
  const error = firstError(readFileSync(log, 'utf8'));

  return new Failure(
    `The mediasoup worker could not be built${error === undefined ? '' : ` (${error})`}; the log is ${log}`,
  );
}

/**
 * Builds the worker from the sources that mediasoup's npm package carries, against the distribution's
 * libraries.
 *
 * @param {object} options
 * @param {import('./mediasoup-package.mjs').MediasoupPackage} options.mediasoup
 * @param {string} options.target the path that the worker is to have
 * @param {string} options.workDirectory an empty directory on the same file system
 * @param {string} options.log stays where it is if the build fails
 */
export async function buildWorker({ mediasoup, target, workDirectory, log }) {
  await ensurePackages(PACKAGES, 'Building the mediasoup worker');

  const start = performance.now();
  const jobs = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / MEMORY_PER_JOB)));
  const build = join(workDirectory, 'build');
  const binary = join(build, 'mediasoup-worker');

  report(
    'worker',
    `building mediasoup's ${mediasoup.version} from its sources, ${jobs} files at a time; this takes minutes, once`,
  );
  layOut(workDirectory, mediasoup.worker);
  rmSync(log, { force: true });

  const configured = await run(
    'cmake',
    ['-S', workDirectory, '-B', build, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Release'],
    { log },
  );

  if (configured !== 0) {
    throw buildFailure(log);
  }

  const built = await run('ninja', ['-C', build, '-j', String(jobs)], {
    log,
    env: { ...process.env, NINJA_STATUS: '[%f/%t] ' },
    onLine: ninjaProgress((percent) => report('worker', `built ${percent} % in ${elapsed(start)}`)),
  });

  if (built !== 0) {
    throw buildFailure(log);
  }

  const fault = faultOf(binary);

  if (fault !== undefined) {
    throw new Failure(`The mediasoup worker was built but does not work: ${fault}; the log is ${log}`);
  }

  renameSync(binary, target);
  rmSync(log);
}
