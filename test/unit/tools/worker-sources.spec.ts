import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mediasoupPackage } from '../../../tools/provide/mediasoup-package.mjs';
import { applyPatch } from '../../../tools/provide/patch.mjs';
import { patches } from '../../../tools/provide/worker-recipe/patches.mjs';
import { sourcesIn, workerSources } from '../../../tools/provide/worker-sources.mjs';

const MESON = `
project('mediasoup-worker', ['c', 'cpp'])
common_sources = [
  'src/lib.cpp',
  'src/RTC/Router.cpp',
]
if host_machine.system() == 'windows'
  common_sources += ['src/lib.cpp']
endif
executable('mediasoup-worker', sources: common_sources + ['src/main.cpp'], include_directories: 'include')
test_sources = ['test/src/tests.cpp', 'mocks/src/MockShared.cpp', 'src/notes.txt']
`;

describe('the sources that a meson.build names', () => {
  it('are those of the folder and ending, each once', () => {
    expect(sourcesIn(MESON, 'src', '.cpp')).toEqual(['src/lib.cpp', 'src/RTC/Router.cpp', 'src/main.cpp']);
  });

  it('are none where it names none', () => {
    expect(sourcesIn(MESON, 'libwebrtc', '.cc')).toEqual([]);
  });
});

describe('the installed mediasoup', () => {
  const { worker } = mediasoupPackage();

  it('carries every source that is to be compiled', () => {
    const sources = workerSources(worker);

    expect(sources).toEqual(expect.arrayContaining(['src/main.cpp', 'src/RTC/DtlsTransport.cpp']));
    expect(sources.some((path: string) => path.startsWith('deps/libwebrtc/libwebrtc/'))).toBe(true);
    expect(sources.filter((path: string) => !existsSync(join(worker, path)))).toEqual([]);
    expect(new Set(sources).size).toBe(sources.length);
  });

  it.each(patches)('takes the patch of $file', (patch) => {
    const text = readFileSync(join(worker, patch.file), 'utf8');
    const patched = applyPatch(text, patch);

    expect(patched).toContain(patch.replace);
    expect(patched.length).toBe(text.length - patch.find.length + patch.replace.length);
  });
});

describe('a patch', () => {
  const patch = { file: 'src/a.cpp', find: 'a == b', replace: 'a & b' };

  it.each(['nothing of the kind', 'a == b; a == b'])('is refused by %p', (text) => {
    expect(() => applyPatch(text, patch)).toThrow(/src\/a\.cpp does not fit/);
  });

  it('is put in as it is written, without replacement patterns', () => {
    expect(applyPatch('if (a == b)', { ...patch, replace: "$&$'" })).toBe("if ($&$')");
  });
});
