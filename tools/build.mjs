// npm run build [-- --force]: builds the server and the web client into dist/, each if its inputs changed.
import { parseArgs } from 'node:util';
import { build } from './build/outputs.mjs';
import { runTool } from './failure.mjs';

await runTool(async () => {
  const { force } = parseArgs({ options: { force: { type: 'boolean', default: false } } }).values;

  await build({ force });
});
