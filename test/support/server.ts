import { loadConfig } from '#config';
import { createServer, type RunningServer } from '#server';
import { freePorts } from './free-ports.ts';

const ATTEMPTS = 3;

/** Where the media worker is; the suites' launcher provides it. */
export function workerBin(): string {
  const path = process.env.MEDIASOUP_WORKER_BIN;
  if (path === undefined || path === '') {
    throw new Error(
      'MEDIASOUP_WORKER_BIN is not set: run this suite by `npm run test:integration` (or test:e2e, test:fault), ' +
        'which provides the mediasoup worker, or set it to the path of one',
    );
  }
  return path;
}

/** The environment of a server under test, on ports that are free now. */
export async function serverEnvironment(
  given: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const env = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    WORKERS: '1',
    ICE_SERVERS: '[]',
    LOG_LEVEL: 'silent',
    MEDIASOUP_WORKER_BIN: workerBin(),
    ...given,
  };
  return { RTC_PORT: String(await freePorts(Number(env.WORKERS))), ...env };
}

/**
 * The real application, in this process, with real media workers. Whoever starts it closes it.
 * `env` is added to {@link serverEnvironment}'s, which silences the log and takes ports that are free.
 */
export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const config = loadConfig(await serverEnvironment(env));
    try {
      return await createServer(config);
    } catch (error) {
      // Another suite may have taken the port since it was found free.
      const portTaken = error instanceof Error && error.message.startsWith('The media port');
      if (!portTaken || 'RTC_PORT' in env || attempt === ATTEMPTS) throw error;
    }
  }
}
