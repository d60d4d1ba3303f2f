// npm run check [-- --only lint,types path …]: what can be said about the code without running it. Paths narrow
// down the format and the lint; the other steps always look at everything.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, runTool } from './failure.mjs';

const root = resolve(import.meta.dirname, '..');

/** @type {Record<string, (paths: string[]) => string[]>} */
const steps = {
  format: (paths) => ['node_modules/.bin/oxfmt', '--check', ...paths],
  // Who may import whom is one of the linter's rules: tools/check/import-rules.mjs.
  lint: (paths) => ['node_modules/.bin/oxlint', ...paths],
  types: () => ['node_modules/.bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  generated: () => ['tools/generate.mjs', '--check'],
};

/**
 * Runs a step to its end and keeps what it says, in the order in which it says it.
 *
 * @param {string[]} args
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
function run(args) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', fail);
    child.on('close', (code) => done({ passed: code === 0, output }));
  });
}

function whatToCheck() {
  const options = /** @type {const} */ ({ only: { type: 'string' } });
  const { values, positionals: paths } = parseArgs({ options, allowPositionals: true });
  const names = values.only?.split(',') ?? Object.keys(steps);
  const unknown = names.filter((name) => !Object.hasOwn(steps, name));
  if (unknown.length > 0) {
    throw new Failure(`No step ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}`);
  }
  return { names, paths };
}

await runTool(async () => {
  const failed = [];
  const { names, paths } = whatToCheck();
  for (const name of names) {
    const started = performance.now();
    const { passed, output } = await run(steps[name](paths));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(9)}  ${seconds.padStart(5)} s`);
    if (passed) continue;
    failed.push(name);
    console.log(`\n${output.trim()}\n`);
  }
  if (failed.length > 0) throw new Failure(`Failed: ${failed.join(', ')}`);
});
