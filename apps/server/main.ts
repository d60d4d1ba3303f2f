import 'reflect-metadata';
import { ConfigError, loadConfig, type AppConfig } from '#config';
import { createServer, type RunningServer } from './create-server.ts';

/** A stop that takes longer than this is forced. */
const STOP_LIMIT_MS = 4500;

function fail(error: unknown, config?: AppConfig): never {
  process.stderr.write(`${describe(error, config)}\n`);
  if (!(error instanceof ConfigError) && config?.logLevel === 'debug') console.error(error);
  process.exit(1);
}

function describe(error: unknown, config?: AppConfig): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${config?.http.port} is in use: stop the program that has it, or set PORT to another.`;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
    return `Port ${config?.http.port} may not be opened by this user: set PORT to one above 1023.`;
  }
  return error instanceof Error ? error.message : String(error);
}

function stopOnSignals(): void {
  const stop = (): void => {
    // Nobody is in a call yet, and workers end with us.
    if (server === undefined) process.exit(0);
    const forced = setTimeout(() => process.exit(0), STOP_LIMIT_MS);
    forced.unref();
    server.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

let config: AppConfig | undefined;
let server: RunningServer | undefined;
try {
  stopOnSignals();
  config = loadConfig(process.env);
  server = await createServer(config);
  process.stdout.write(`\n  Switchyard is ready: open ${server.url}\n\n`);
} catch (error) {
  fail(error, config);
}

/** Where a browser on this machine opens it, for the tool that has started the server. */
export const url = server?.url;
