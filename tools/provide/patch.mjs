import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.mjs';

/** @typedef {import('./worker-recipe/patches.mjs').Patch} Patch */

/**
 * @param {string} text the file's
 * @param {Patch} patch
 */
export function applyPatch(text, { file, find, replace }) {
  const parts = text.split(find);

  // A patch that does not fit is not passed over: without it the worker would build, and crash in a call.
  if (parts.length !== 2) {
    throw new Failure(
      `The patch of ${file} does not fit this version of mediasoup: "${find}" is in it ${parts.length - 1} times instead of once (see docs/worker.md).`,
    );
  }

  return parts.join(replace);
}

/**
 * @param {string} worker a copy of mediasoup's `worker` folder
 * @param {readonly Patch[]} patches
 */
export function applyPatches(worker, patches) {
  for (const patch of patches) {
    const path = join(worker, patch.file);

    writeFileSync(path, applyPatch(readFileSync(path, 'utf8'), patch));
  }
}
