// npm run provide [-- worker|chromium …]: provides what npm does not, and prints where it is.
import { Failure, runTool } from './failure.mjs';
import { provideChromium } from './provide/chromium.mjs';
import { provideWorker } from './provide/worker.mjs';

/** @type {Record<string, () => Promise<string>>} */
const providers = { worker: provideWorker, chromium: provideChromium };

await runTool(async () => {
  const asked = process.argv.slice(2);

  for (const name of asked.length === 0 ? Object.keys(providers) : asked) {
    const provide = providers[name];

    if (provide === undefined) {
      throw new Failure(`There is no "${name}" to provide, only: ${Object.keys(providers).join(', ')}`);
    }
    console.log(await provide());
  }
});
