// npm start [-- --lan]: sees to it that everything is there, then becomes the server; with --lan for the devices of
// this network (npm run start:lan). This file has to run on an older Node, too.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const OLDEST_NODE = 22;

async function start() {
  // Only now, because these may use what an older Node does not know.
  const { runTool } = await import('./failure.mjs');

  await runTool(async () => {
    const { values } = parseArgs({ options: { lan: { type: 'boolean', default: false } } });
    const { provideWorker } = await import('./provide/worker.mjs');
    const { build, serverMain } = await import('./build/outputs.mjs');

    process.env.MEDIASOUP_WORKER_BIN = await provideWorker();
    await build();
    const tellOthers = values.lan ? (await import('./lan/lan.mjs')).prepareLan(process.env) : undefined;

    // In this process, so that a signal goes straight to the server.
    const { url } = await import(pathToFileURL(serverMain).href);
    if (tellOthers !== undefined) process.stdout.write(tellOthers(url));
  });
}

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(
    `Switchyard needs Node ${OLDEST_NODE} or newer, and this is Node ${process.versions.node}; run "npm ci" and then "npm start", which bring their own.`,
  );
  process.exitCode = 1;
} else {
  await start();
}
