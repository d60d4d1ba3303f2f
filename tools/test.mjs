// npm test [-- suite …] [-- jest's arguments]: provides what the suites need, then runs them in one jest.
import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import jestConfig from '../jest.config.mjs';
import { build } from './build/outputs.mjs';
import { Failure, runTool } from './failure.mjs';
import { provideChromium } from './provide/chromium.mjs';
import { provideWorker } from './provide/worker.mjs';
import { run } from './run.mjs';
import { JEST, nodeArguments, parseTestRun } from './test/test-run.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const { projects } = jestConfig;

/** @param {string} suite */
function hasTests(suite) {
  /** @type {string[]} */
  const patterns = projects.find(({ displayName }) => displayName === suite)?.testMatch ?? [];

  return (
    globSync(
      patterns.map((pattern) => pattern.replace('<rootDir>/', '')),
      { cwd: ROOT },
    ).length > 0
  );
}

await runTool(async () => {
  if (!existsSync(join(ROOT, JEST))) {
    throw new Failure('The development packages are not installed; run: npm ci --include=dev');
  }

  const testRun = parseTestRun(
    process.argv.slice(2),
    projects.map(({ displayName }) => displayName),
    hasTests,
  );
  const { suites } = testRun;
  const env = { ...process.env };

  if (suites.some((suite) => suite !== 'unit')) {
    env.MEDIASOUP_WORKER_BIN = await provideWorker();
  }
  if (suites.includes('e2e')) {
    env.CHROMIUM_BIN = await provideChromium();
  }
  if (suites.some((suite) => suite !== 'unit')) {
    await build();
  }

  process.exitCode = await run(process.execPath, nodeArguments(testRun), { cwd: ROOT, env });
});
