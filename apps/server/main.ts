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

function stopOnSignals(server: RunningServer): void {
  const stop = (): void => {
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
try {
  config = loadConfig(process.env);
  const server = await createServer(config);
  stopOnSignals(server);
  process.stdout.write(`\n  Switchyard is ready: open ${server.url}\n\n`);
} catch (error) {
  fail(error, config);
}
