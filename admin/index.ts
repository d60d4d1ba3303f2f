import type { RequestHandler } from 'express';
import type { Server } from 'socket.io';
import type { AppConfig } from '#config';
import type { Log } from '#kernel';
import { decideAdminAccess, describeAccess } from './admin-access.ts';
import { adminPages } from './admin-pages.ts';
import { instrumentServer } from './instrument-server.ts';

export { ADMIN_PATH } from './admin-pages.ts';
export { isOnThisMachine, type Visitor } from './this-machine.ts';

/** The official Socket.IO Admin UI (`@socket.io/admin-ui`), as this server offers it. */
export interface AdminUi {
  /** Its pages, to be mounted at `ADMIN_PATH`. */
  readonly pages: RequestHandler;
  /** Called with the Socket.IO server before anybody can connect. */
  readonly instrument: (io: Server) => void;
}

export function createAdminUi(config: Pick<AppConfig, 'admin' | 'production'>, log: Log): AdminUi {
  const access = decideAdminAccess(config);
  log.info({ access: access.kind, mode: config.admin.mode }, describeAccess(access));
  return {
    pages: adminPages(access),
    instrument: (io) => instrumentServer(io, access, config.admin.mode),
  };
}
