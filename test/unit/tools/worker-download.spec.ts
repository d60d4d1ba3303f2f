import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { downloadWorker, prebuiltUrl } from '../../../tools/provide/worker-download.mjs';

const linux = {
  version: '3.27.1',
  repository: 'git+https://example.org/versatica/mediasoup.git',
  platform: 'linux',
  arch: 'x64',
  kernel: '6.1.0-28-amd64',
  baseUrl: undefined,
};

describe("the address of mediasoup's prebuilt worker", () => {
  it('is in the releases of its repository, by the major version of the kernel', () => {
    expect(prebuiltUrl(linux)).toBe(
      'https://example.org/versatica/mediasoup/releases/download/3.27.1/mediasoup-worker-3.27.1-linux-x64-kernel6.tgz',
    );
  });

  it('has no kernel on other systems', () => {
    expect(prebuiltUrl({ ...linux, platform: 'darwin', arch: 'arm64', kernel: '24.1.0' })).toMatch(
      /\/mediasoup-worker-3\.27\.1-darwin-arm64\.tgz$/,
    );
  });

  it('can be on a mirror', () => {
    expect(prebuiltUrl({ ...linux, baseUrl: 'https://mirror.example.org' })).toBe(
      'https://mirror.example.org/3.27.1/mediasoup-worker-3.27.1-linux-x64-kernel6.tgz',
    );
  });
});

function urlOf(server: Server) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return `http://127.0.0.1:${address.port}`;
}

describe("mediasoup's prebuilt worker", () => {
  const mediasoup = { version: '3.27.1', repository: linux.repository, worker: '/nowhere' };
  let directory: string;
  let target: string;
  let server: Server;
  let answer: { status: number; body: Buffer };

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'switchyard-download-'));
    target = join(directory, 'mediasoup-worker');
    answer = { status: 200, body: Buffer.from('') };
    server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(directory, { recursive: true });
  });

  function archiveOf(name: string) {
    const folder = mkdtempSync(join(directory, 'archive-'));
    writeFileSync(join(folder, name), 'a program');
    return spawnSync('tar', ['-cz', '-C', folder, name]).stdout;
  }

  /** An address that somebody has just left. */
  async function addressOfNobody() {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const url = urlOf(other);
    await new Promise((resolve) => other.close(resolve));
    return url;
  }

  async function download(check: () => string | undefined = () => undefined, more = {}) {
    const workDirectory = mkdtempSync(join(directory, 'work-'));
    const env = { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: urlOf(server), ...more };
    const missed = await downloadWorker({ mediasoup, target, workDirectory, env, check });
    expect(readdirSync(workDirectory)).toEqual([]);
    return missed;
  }

  it('is taken if it works', async () => {
    answer.body = archiveOf('mediasoup-worker');

    await expect(download()).resolves.toBeUndefined();
    expect(readFileSync(target, 'utf8')).toBe('a program');
    expect(statSync(target).mode & 0o777).toBe(0o755);
  });

  it('is not taken if it does not work', async () => {
    answer.body = archiveOf('mediasoup-worker');

    await expect(download(() => 'it does not run on this machine')).resolves.toBe(
      'it does not run on this machine',
    );
    expect(existsSync(target)).toBe(false);
  });

  it.each([
    ['there is none', 404, 'there is none for this platform'],
    ['the server fails', 503, 'the answer was 503'],
  ])('is passed over where %s', async (_what, status, missed) => {
    answer.status = status;

    await expect(download()).resolves.toBe(missed);
  });

  it('is passed over where something else comes', async () => {
    answer.body = Buffer.from('<p>Please log in to this network</p>');
    await expect(download()).resolves.toBe('what came is not an archive with a worker');

    answer.body = archiveOf('README.md');
    await expect(download()).resolves.toBe('what came is not an archive with a worker');
  });

  it('is passed over where nobody answers', async () => {
    const nobody = { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: await addressOfNobody() };

    await expect(download(undefined, nobody)).resolves.toMatch(/ECONNREFUSED/);
  });

  it('is not asked for where that is switched off', async () => {
    answer.body = archiveOf('mediasoup-worker');

    await expect(download(undefined, { MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: 'true' })).resolves.toBe(
      'MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD is set',
    );
    expect(existsSync(target)).toBe(false);
  });
});
