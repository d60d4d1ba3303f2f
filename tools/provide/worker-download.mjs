import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../failure.mjs';
import { faultOf } from './worker-check.mjs';

/** Without an answer for this long the release page counts as unreachable: a build is always possible. */
const ANSWER_TIMEOUT_MS = 5000;
const DOWNLOAD_TIMEOUT_MS = 120_000;

/**
 * Where mediasoup publishes its prebuilt worker for a platform; mediasoup's own installation (its
 * npm-scripts.mjs) looks there too.
 *
 * @param {object} target
 * @param {string} target.version
 * @param {string} target.repository as package.json has it: `git+https://….git`
 * @param {string} target.platform
 * @param {string} target.arch
 * @param {string} target.kernel the operating system's release, `6.1.0-28-amd64`
 * @param {string | undefined} target.baseUrl another place to look at
 */
export function prebuiltUrl({ version, repository, platform, arch, kernel, baseUrl }) {
  const base = baseUrl || `${repository.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`;
  const suffix = platform === 'linux' ? `-kernel${Number.parseInt(kernel, 10)}` : '';

  return `${base}/${version}/mediasoup-worker-${version}-${platform}-${arch}${suffix}.tgz`;
}

/**
 * @param {string} url
 * @returns {Promise<Uint8Array | string>} the file, or why there is none
 */
async function download(url) {
  const control = new AbortController();
  let timer = setTimeout(() => control.abort(), ANSWER_TIMEOUT_MS);

  try {
    const response = await fetch(url, { signal: control.signal });
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), DOWNLOAD_TIMEOUT_MS);

    if (response.status === 404) {
      return 'there is none for this platform';
    }

    return response.ok ? new Uint8Array(await response.arrayBuffer()) : `the answer was ${response.status}`;
  } catch (error) {
    if (control.signal.aborted) {
      return 'the answer takes too long';
    }

    // What fetch itself says is only that it failed.
    const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;

    return messageOf(cause ?? error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Fetches mediasoup's prebuilt worker, if there is one that works here.
 *
 * @param {object} options
 * @param {import('./mediasoup-package.mjs').MediasoupPackage} options.mediasoup
 * @param {string} options.target the path that the worker is to have
 * @param {string} options.workDirectory an empty directory on the same file system
 * @param {NodeJS.ProcessEnv} options.env
 * @param {(binary: string) => string | undefined} [options.check] what is wrong with the worker that came
 * @returns {Promise<string | undefined>} why it is not there
 */
export async function downloadWorker({ mediasoup, target, workDirectory, env, check = faultOf }) {
  if (env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) {
    return 'MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD is set';
  }

  const archive = await download(
    prebuiltUrl({
      version: mediasoup.version,
      repository: mediasoup.repository,
      platform: process.platform,
      arch: process.arch,
      kernel: release(),
      baseUrl: env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL,
    }),
  );

  if (typeof archive === 'string') {
    return archive;
  }

  const directory = join(workDirectory, 'prebuilt');
  const binary = join(directory, 'mediasoup-worker');
  mkdirSync(directory);

  try {
    const unpacked = spawnSync('tar', ['-xz', '-C', directory], { input: archive });

    if (unpacked.status !== 0 || !existsSync(binary)) {
      return 'what came is not an archive with a worker';
    }
    chmodSync(binary, 0o755);

    const fault = check(binary);

    if (fault === undefined) {
      renameSync(binary, target);
    }

    return fault;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
