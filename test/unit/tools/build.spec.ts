import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildIfChanged } from '../../../tools/build/outputs.mjs';

let root: string;

/** A build that appends a letter to its result, unless a source says that it is broken. */
const COMPILER = `
  import { appendFileSync, readFileSync } from 'node:fs';
  if (readFileSync('src/main.ts', 'utf8').includes('broken')) process.exit(2);
  appendFileSync('dist/main.js', 'x');
`;

const output = {
  name: 'thing',
  inputs: ['src', 'package-lock.json'],
  result: 'dist/main.js',
  stamp: 'dist/thing.inputs',
  command: ['compiler.mjs'] as [string],
};

function write(path: string, text: string) {
  writeFileSync(join(root, path), text);
}

async function timesBuilt(options: { force?: boolean } = {}) {
  await buildIfChanged(output, { ...options, root, tell() {} });
  return readFileSync(join(root, output.result), 'utf8').length;
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-build-'));
  mkdirSync(join(root, 'src'));
  mkdirSync(join(root, 'dist'));
  write('src/main.ts', 'one');
  write('compiler.mjs', COMPILER);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('a build', () => {
  it('is not repeated while its inputs stay the same', async () => {
    await expect(timesBuilt()).resolves.toBe(1);
    await expect(timesBuilt()).resolves.toBe(1);
  });

  it.each([
    ['a source changes', () => write('src/main.ts', 'two')],
    ['a source comes', () => write('src/more.ts', '')],
    ['a source is renamed', () => (rmSync(join(root, 'src/other.ts')), write('src/renamed.ts', 'other'))],
    ['a package changes', () => write('package-lock.json', '{}')],
  ])('is repeated when %s', async (_what, change) => {
    write('src/other.ts', 'other');
    await timesBuilt();
    change();

    await expect(timesBuilt()).resolves.toBe(2);
  });

  it('is not repeated when only a test changes', async () => {
    await timesBuilt();
    write('src/main.spec.ts', 'a test');

    await expect(timesBuilt()).resolves.toBe(1);
  });

  it('is repeated when its result is gone', async () => {
    await timesBuilt();
    rmSync(join(root, output.result));

    await expect(timesBuilt()).resolves.toBe(1);
  });

  it('is repeated when that is asked for', async () => {
    await timesBuilt();

    await expect(timesBuilt({ force: true })).resolves.toBe(2);
  });

  it('that fails is not taken for the one that succeeded before it', async () => {
    await timesBuilt();
    write('src/main.ts', 'broken');
    await expect(timesBuilt()).rejects.toThrow('The thing could not be built');

    // The sources of the successful build, but what lies in dist may be half of the failed one.
    write('src/main.ts', 'one');
    await expect(timesBuilt()).resolves.toBe(2);
  });

  it('says what to run where the development packages are missing', async () => {
    rmSync(join(root, 'compiler.mjs'));

    await expect(timesBuilt()).rejects.toThrow(/run: npm ci --include=dev$/);
    expect(existsSync(join(root, output.stamp))).toBe(false);
  });
});
