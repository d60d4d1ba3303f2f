import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../failure.mjs';

/**
 * @typedef {object} MediasoupPackage
 * @property {string} version
 * @property {string} repository the URL as package.json has it
 * @property {string} worker the folder with the worker's sources
 */

/** @returns {MediasoupPackage} the installed mediasoup */
export function mediasoupPackage() {
  // Not by import: mediasoup exports neither its package.json nor its folder.
  const directory = resolve(import.meta.dirname, '../../node_modules/mediasoup');
  const path = join(directory, 'package.json');

  if (!existsSync(path)) {
    throw new Failure('The packages are not installed; run: npm ci');
  }

  const { version, repository } = JSON.parse(readFileSync(path, 'utf8'));

  return { version, repository: repository.url, worker: join(directory, 'worker') };
}
