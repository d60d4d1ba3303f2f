import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * The sources that a meson.build names, of one folder and with one ending.
 *
 * @param {string} meson the text of a meson.build
 * @param {string} folder which its paths begin with; tests and fuzzers are in others
 * @param {string} extension with its dot
 * @returns {string[]} each once, in the order of the file
 */
export function sourcesIn(meson, folder, extension) {
  const paths = [...meson.matchAll(/'(?<path>[^'\n]+)'/g)].map((match) => match.groups?.path ?? '');

  return [...new Set(paths)].filter((path) => path.startsWith(`${folder}/`) && path.endsWith(extension));
}

/**
 * What has to be compiled for the worker. mediasoup's build needs Meson and downloads the libraries'
 * sources; its lists of sources are read here instead of it.
 *
 * @param {string} worker mediasoup's `worker` folder
 * @returns {string[]} relative to it
 */
export function workerSources(worker) {
  /** @param {string} folder */
  const meson = (folder) => readFileSync(join(worker, folder, 'meson.build'), 'utf8');
  const libwebrtc = 'deps/libwebrtc';

  return [
    ...new Set([...sourcesIn(meson('.'), 'src', '.cpp'), 'src/main.cpp']),
    ...sourcesIn(meson(libwebrtc), 'libwebrtc', '.cc').map((path) => posix.join(libwebrtc, path)),
  ];
}
