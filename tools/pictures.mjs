// npm run pictures [-- --out DIR] [--only SCENE,…]: provides what it takes to open calls, then runs test/pictures/pictures.ts.
import { join, resolve } from 'node:path';
import { build } from './build/outputs.mjs';
import { runTool } from './failure.mjs';
import { provideChromium } from './provide/chromium.mjs';
import { provideWorker } from './provide/worker.mjs';
import { run } from './run.mjs';

const ROOT = resolve(import.meta.dirname, '..');

await runTool(async () => {
  const env = {
    ...process.env,
    MEDIASOUP_WORKER_BIN: await provideWorker(),
    CHROMIUM_BIN: await provideChromium(),
  };
  await build();
  const script = join(ROOT, 'test', 'pictures', 'pictures.ts');
  process.exitCode = await run(process.execPath, [script, ...process.argv.slice(2)], { cwd: ROOT, env });
});
