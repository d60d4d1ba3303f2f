import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { contentHash } from '../content-hash.mjs';
import { Failure } from '../failure.mjs';
import { elapsed, report } from '../progress.mjs';
import { withLock } from '../provide/lock.mjs';
import { run } from '../run.mjs';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Something that is built. All paths are relative to the root of what is built.
 *
 * @typedef {object} Output
 * @property {string} name
 * @property {readonly string[]} inputs the files and folders that it is made of; any may be missing
 * @property {string} result a file that is there once it is built
 * @property {string} stamp keeps the hash of the inputs; outside the result's folder, which a build may empty
 * @property {readonly [script: string, ...args: string[]]} command run by Node
 */

const EVERYWHERE = ['package.json', 'package-lock.json', 'tsconfig.json'];

const SERVER_MAIN = 'dist/server/apps/server/main.js';

/** The file that is the server, once it is built. */
export const serverMain = join(ROOT, SERVER_MAIN);

/** @type {readonly Output[]} */
const outputs = [
  {
    name: 'server',
    inputs: ['apps/server', 'libs', 'admin', 'nest-cli.json', 'tsconfig.build.json', ...EVERYWHERE],
    result: SERVER_MAIN,
    stamp: 'dist/server.inputs',
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
  },
  {
    name: 'web client',
    inputs: ['apps/web', 'libs', 'admin', ...EVERYWHERE],
    result: 'dist/web/index.html',
    stamp: 'dist/web.inputs',
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'apps/web/vite.config.ts'],
  },
];

/** @param {string} path */
function isTest(path) {
  return /\.spec\.tsx?$/.test(path);
}

/**
 * @param {Output} output
 * @param {string} hash of its inputs
 * @param {string} root
 */
function isCurrent({ result, stamp }, hash, root) {
  const path = join(root, stamp);

  return existsSync(join(root, result)) && existsSync(path) && readFileSync(path, 'utf8') === hash;
}

/** @param {string} text */
function tellAboutBuild(text) {
  report('build', text);
}

/**
 * Builds one output, unless what is there was built from the same inputs.
 *
 * @param {Output} output
 * @param {{ force?: boolean, root?: string, tell?: (text: string) => void }} [options]
 */
export async function buildIfChanged(output, { force = false, root = ROOT, tell = tellAboutBuild } = {}) {
  const { name, inputs, result, stamp, command } = output;
  const hash = contentHash(root, inputs, isTest);

  if (!force && isCurrent(output, hash, root)) {
    tell(`the ${name} is up to date`);
    return;
  }

  const [script, ...args] = command;

  if (!existsSync(join(root, script))) {
    throw new Failure(
      `The ${name} has to be built, which needs the development packages; run: npm ci --include=dev`,
    );
  }

  const start = performance.now();
  const stampPath = join(root, stamp);
  tell(`building the ${name}`);

  // First of all: a build that fails halfway must not pass for the last one that succeeded.
  rmSync(stampPath, { force: true });

  if ((await run(process.execPath, [join(root, script), ...args], { cwd: root })) !== 0) {
    throw new Failure(`The ${name} could not be built; what is wrong stands above.`);
  }
  if (!existsSync(join(root, result))) {
    throw new Failure(`The ${name} was built, but there is no ${result}.`);
  }

  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, hash);
  tell(`built the ${name} in ${elapsed(start)}`);
}

/**
 * Builds what has changed, one process at a time.
 *
 * @param {{ force?: boolean }} [options]
 */
export async function build(options) {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });

  await withLock(
    join(ROOT, 'dist/build.lock'),
    { onWait: (pid) => tellAboutBuild(`waiting for process ${pid}, which is building already`) },
    async () => {
      for (const output of outputs) {
        await buildIfChanged(output, options);
      }
    },
  );
}
