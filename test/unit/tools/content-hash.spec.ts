import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contentHash } from '../../../tools/content-hash.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-hash-'));
  mkdirSync(join(root, 'a/inner'), { recursive: true });
  writeFileSync(join(root, 'a/inner/x'), '12');
  writeFileSync(join(root, 'a/y'), '3');
});

afterEach(() => rmSync(root, { recursive: true }));

describe('the hash of files', () => {
  it('does not depend on times, nor on where they are', () => {
    const before = contentHash(root, ['a']);
    utimesSync(join(root, 'a/y'), 1, 1);

    expect(contentHash(root, ['a'])).toBe(before);
    expect(contentHash(join(root, 'a'), ['.'])).toBe(contentHash(join(root, 'a'), ['y', 'inner']));
  });

  it('tells where one file ends and the next begins', () => {
    const before = contentHash(root, ['a']);
    writeFileSync(join(root, 'a/inner/x'), '12a/y\x003');
    rmSync(join(root, 'a/y'));

    expect(contentHash(root, ['a'])).not.toBe(before);
  });

  it('passes over what is ignored and what is not there', () => {
    expect(contentHash(root, ['a', 'none'], (path: string) => path.endsWith('/y'))).toBe(
      contentHash(root, ['a/inner']),
    );
  });
});
