// npm run bench:NAME -- --runs N --json FILE: provides what a benchmark needs, then runs test/bench/NAME/NAME.bench.ts.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from './build/outputs.mjs';
import { Failure, runTool } from './failure.mjs';
import { provideChromium } from './provide/chromium.mjs';
import { provideWorker } from './provide/worker.mjs';
import { run } from './run.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'test', 'bench');

/** @param {string} name */
const fileOf = (name) => join(FOLDER, name, `${name}.bench.ts`);

await runTool(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  if (name === '' || !existsSync(fileOf(name))) {
    const known = readdirSync(FOLDER).filter((folder) => existsSync(fileOf(folder)));
    throw new Failure(`expected the name of a benchmark (${known.join(', ')}), got "${name}"`);
  }
  const env = {
    ...process.env,
    MEDIASOUP_WORKER_BIN: await provideWorker(),
    CHROMIUM_BIN: await provideChromium(),
  };
  await build();
  process.exitCode = await run(process.execPath, [fileOf(name), ...args], { cwd: ROOT, env });
});
