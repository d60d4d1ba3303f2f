import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { Failure, messageOf } from '../failure.mjs';

/**
 * Where provided things are kept between runs and between checkouts.
 *
 * @param {{ XDG_CACHE_HOME?: string | undefined }} env
 */
export function cacheHome(env, home = homedir()) {
  const given = env.XDG_CACHE_HOME ?? '';

  // A relative path is to be ignored (XDG Base Directory Specification).
  return join(isAbsolute(given) ? given : join(home, '.cache'), 'switchyard');
}

/** @param {string} path of a folder in the cache */
export function makeCacheFolder(path) {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new Failure(
      `There can be no cache (${messageOf(error)}); set XDG_CACHE_HOME to a folder that can be written.`,
    );
  }
}
