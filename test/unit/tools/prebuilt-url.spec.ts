import { describe, expect, it } from '@jest/globals';
import { prebuiltUrl } from '../../../tools/provide/worker-download.mjs';

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
