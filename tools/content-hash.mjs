import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * @param {string} path
 * @param {(path: string) => boolean} ignores
 * @returns {string[]} the file, or the files below the folder; none where there is nothing
 */
function filesBelow(path, ignores) {
  const found = statSync(path, { throwIfNoEntry: false });

  if (found === undefined || ignores(path)) {
    return [];
  }
  if (!found.isDirectory()) {
    return [path];
  }

  return readdirSync(path).flatMap((name) => filesBelow(join(path, name), ignores));
}

/**
 * One hash over the names and the contents of files. Times do not count: a fresh checkout has the same
 * hash.
 *
 * @param {string} root names count relative to it
 * @param {readonly string[]} paths files and folders, relative to root
 * @param {(path: string) => boolean} [ignores] told absolute paths
 */
export function contentHash(root, paths, ignores = () => false) {
  const hash = createHash('sha256');
  const files = paths.flatMap((path) => filesBelow(join(root, path), ignores));

  // Sorted by code units, not by locale: the same everywhere.
  for (const file of files.toSorted()) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }

  return hash.digest('hex');
}
