// npm run generate [-- --check]: writes docs/protocol.md and docs/asyncapi.json from libs/protocol. With --check it writes
// nothing, and fails where a file is not what it would write.
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Failure, runTool } from './failure.mjs';
import { documentsOf } from './generate/documents.mjs';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * By its path, not as `#protocol`: without the `source` condition that is what was built last.
 *
 * @returns {Promise<import('./generate/wire-schemas.mjs').Protocol>}
 */
function readProtocol() {
  return import(pathToFileURL(join(ROOT, 'libs/protocol/index.ts')).href);
}

/**
 * @param {string} path
 * @param {string} text
 */
async function isStale(path, text) {
  const current = await readFile(join(ROOT, path), 'utf8').catch(() => undefined);
  return current !== text;
}

await runTool(async () => {
  const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;
  /** @type {string[]} */
  const stale = [];

  for (const [path, text] of Object.entries(documentsOf(await readProtocol()))) {
    if (!(await isStale(path, text))) continue;
    stale.push(path);
    if (!check) await writeFile(join(ROOT, path), text);
  }

  if (check && stale.length > 0) {
    throw new Failure(
      [...stale.map((path) => `${path} is stale`), 'Bring it up to date with: npm run generate'].join('\n'),
    );
  }
  if (!check) console.log(stale.length === 0 ? 'everything is up to date' : `wrote ${stale.join(', ')}`);
});
