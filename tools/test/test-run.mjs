import { Failure } from '../failure.mjs';

/** Relative to the root. */
export const JEST = 'node_modules/jest/bin/jest.js';

/**
 * What one run of the tests is asked for.
 *
 * @typedef {object} TestRun
 * @property {string[]} suites
 * @property {string | undefined} jsonFile takes jest's result as JSON
 * @property {string[]} jestArgs
 */

/**
 * Reads `[suite …] [--json-file FILE] [--] [jest's arguments]`.
 *
 * @param {readonly string[]} args
 * @param {readonly string[]} known all suites
 * @param {(suite: string) => boolean} hasTests
 * @returns {TestRun}
 */
export function parseTestRun(args, known, hasTests) {
  const suites = [];
  const jestArgs = [];
  let jsonFile;
  const rest = [...args];

  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      jestArgs.push(...rest.splice(0));
    } else if (arg === '--json-file') {
      jsonFile = rest.shift();
      if (jsonFile === undefined) {
        throw new Failure('--json-file wants the name of a file.');
      }
    } else if (known.includes(arg)) {
      suites.push(arg);
    } else {
      jestArgs.push(arg);
    }
  }

  return { suites: suites.length > 0 ? suites : known.filter(hasTests), jsonFile, jestArgs };
}

/**
 * @param {TestRun} testRun
 * @returns {string[]} the arguments for Node
 */
export function nodeArguments({ suites, jsonFile, jestArgs }) {
  return [
    // jest can load ES modules only so; Node would warn about it in every run.
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    JEST,
    ...jestArgs,
    // One after the other: the suites with browsers and servers want the machine, and its ports, for
    // themselves.
    '--runInBand',
    ...(jsonFile === undefined ? [] : ['--json', `--outputFile=${jsonFile}`]),
    // Last, because it takes all that follows for names of suites.
    '--selectProjects',
    ...suites,
  ];
}
