import { describe, expect, it } from '@jest/globals';
import { cacheHome } from '../../../tools/provide/cache.mjs';
import { workerCache } from '../../../tools/provide/worker.mjs';

describe('the cache of provided things', () => {
  it('is where XDG_CACHE_HOME says', () => {
    expect(cacheHome({ XDG_CACHE_HOME: '/var/cache/ann' }, '/home/ann')).toBe('/var/cache/ann/switchyard');
  });

  it.each([undefined, '', 'relative/cache'])('is in the home where XDG_CACHE_HOME is %p', (given) => {
    expect(cacheHome({ XDG_CACHE_HOME: given }, '/home/ann')).toBe('/home/ann/.cache/switchyard');
  });
});

describe('the place of a worker in the cache', () => {
  const what = { version: '3.27.1', platform: 'linux', arch: 'x64', recipe: '0123456789abcdef' };

  it('names all that makes one worker unlike another', () => {
    expect(workerCache('/cache', what)).toBe('/cache/mediasoup-worker/3.27.1-linux-x64-01234567');
  });

  it.each([{ version: '3.28.0' }, { platform: 'darwin' }, { arch: 'arm64' }, { recipe: 'fedcba9876543210' }])(
    'is another one for %p',
    (other) => {
      expect(workerCache('/cache', { ...what, ...other })).not.toBe(workerCache('/cache', what));
    },
  );
});
