import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { Registry } from 'prom-client';
import type { Server } from 'socket.io';
import { ADMIN_PATH, createAdminUi } from '#admin';
import type { AppConfig } from '#config';
import { Conference, ConferenceIoAdapter } from '#conference';
import { NAMESPACE } from '#protocol';
import { NestLog, PinoLog, createPino, registerTutorialGauges } from '#observability';
import { TUTORIALS_SERVER_OPTIONS, TutorialsGateway } from '#tutorials';
import { AppModule } from './app.module.ts';
import { serveCallClient } from './call-client.ts';
import { MetricsAccess } from './metrics-access.ts';
import { packageRoot } from './package-root.ts';
import { readTls } from './read-tls.ts';

export interface RunningServer {
  /** Where a browser on this machine opens it. */
  readonly url: string;
  readonly conference: Conference;
  /** Closes rooms with a reason, then sockets, then workers. May be called twice. */
  close(): Promise<void>;
}

/** Listens first, so that `/healthz` can say that it is starting; resolves once calls are accepted. */
export async function createServer(config: AppConfig): Promise<RunningServer> {
  const pino = createPino(config.logLevel);
  const log = new PinoLog(pino);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.create(config, log), {
    logger: new NestLog(pino),
    ...(config.http.tls === undefined ? {} : { httpsOptions: readTls(config.http.tls) }),
    forceCloseConnections: true,
    abortOnError: false,
  });
  if (config.tutorials) registerTutorialGauges(app.get(Registry), () => app.get(TutorialsGateway).counts());
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          connectSrc: ["'self'", 'ws:', 'wss:'],
          imgSrc: ["'self'", 'data:', 'blob:'],
          mediaSrc: ["'self'", 'blob:', 'mediastream:'],
          styleSrc: ["'self'", "'unsafe-inline'"],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
        },
      },
      // The call page may be framed by those who embed it.
      frameguard: false,
      // TLS is ended in front of us, and whoever ends it decides that.
      strictTransportSecurity: false,
    }),
  );
  const admin = createAdminUi(config, log);
  app.use(ADMIN_PATH, admin.pages);
  log.info({ access: config.metrics.access }, app.get(MetricsAccess).description);
  app.useWebSocketAdapter(
    new ConferenceIoAdapter(app, {
      onServer: (server) => {
        admin.instrument(server);
        if (!config.tutorials) refuseDefaultNamespace(server);
      },
      ...(config.tutorials ? { serverOptions: TUTORIALS_SERVER_OPTIONS } : {}),
    }),
  );
  serveCallClient(app, join(packageRoot(), 'dist', 'web'));

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= app.close());
  try {
    await app.listen(config.http.port, config.http.host);
    const conference = app.get(Conference);
    await conference.start();
    return { url: localUrl(await app.getUrl()), conference, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Socket.IO accepts everybody there. Whoever comes for a tutorial would wait for an answer that never comes. */
function refuseDefaultNamespace(server: Server): void {
  const refusal = `expected the namespace ${NAMESPACE}: clients of tutorials are served where TUTORIALS=true is set`;
  server.of('/').use((_socket, next) => next(new Error(refusal)));
}

/** Browsers give cameras to `localhost` without HTTPS, and not to `0.0.0.0` or `[::]`. */
function localUrl(url: string): string {
  const { port, protocol } = new URL(url);
  return `${protocol}//localhost:${port}`;
}
