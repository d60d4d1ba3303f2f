import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { InMemoryStore, instrument } from '@socket.io/admin-ui';
import type { Server, Socket } from 'socket.io';
import type { AppConfig } from '#config';
import { NAMESPACE } from '#protocol';
import { whyRefused, type AdminAccess } from './admin-access.ts';
import { ADMIN_PATH } from './admin-pages.ts';
import { SessionWatch } from './session-watch.ts';

/**
 * What an operator can do: throw out one session, or all of a room. The UI could also put sockets into rooms, take them out and send
 * events to them; but who is in a room and what is said there is for the rooms to decide, and they would not know.
 */
const OPERATORS_CAN: Readonly<Record<string, readonly string[]>> = {
  _disconnect: ['DISCONNECT', 'MDISCONNECT'],
};

/** Opens the Admin UI's namespace on a server that nobody has connected to yet. */
export function instrumentServer(io: Server, access: AdminAccess, mode: AppConfig['admin']['mode']): void {
  if (access.kind === 'off') return;
  const operators = io.of(ADMIN_PATH);
  const readonly = access.kind !== 'credentials';

  // Asked before the package's own check of the credentials.
  operators.use((socket, next) => {
    const visitor = { address: socket.conn.remoteAddress, headers: socket.handshake.headers };
    const refusal = whyRefused(access, visitor) ?? (readonly ? undefined : whyNotALogin(socket));
    next(refusal === undefined ? undefined : new Error(refusal));
  });
  const logins = new InMemoryStore();
  instrument(io, {
    namespaceName: ADMIN_PATH,
    auth:
      access.kind === 'credentials'
        ? { type: 'basic', username: access.username, password: access.passwordHash }
        : false,
    readonly,
    store: logins,
    mode: mode === 'events' ? 'development' : 'production',
    // The UI takes two processes of the same id for one.
    serverId: `${hostname()}#${process.pid}-${randomBytes(2).toString('hex')}`,
  });
  // Before all that the package says: the UI begins with the namespace that it hears of first, be there sockets on it or not.
  operators.prependListener('connection', (operator: Socket) => {
    operator.emit('socket_updated', { id: '', nsp: NAMESPACE });
  });
  const can = readonly ? {} : OPERATORS_CAN;
  operators.on('connection', (operator) => {
    if (typeof operator.handshake.auth.password === 'string') letInAgain(operator, logins);
    operator.use(([event], next) => {
      if (Object.hasOwn(can, event)) next();
    });
    // The last word after the package's own: without ALL_EVENTS the UI has no pages for sockets and rooms.
    operator.emit('config', {
      supportedFeatures: ['AGGREGATED_EVENTS', 'ALL_EVENTS', ...Object.values(can).flat()],
    });
  });
  if (mode === 'aggregate') new SessionWatch(io.of(NAMESPACE), operators).start();
}

/** Spares a page that is reloaded the login. The package does the same before its UI listens. */
function letInAgain(operator: Socket, logins: InMemoryStore): void {
  const login = randomBytes(16).toString('hex');
  logins.saveSession(login);
  operator.emit('session', login);
}

/** Why the package is not asked to check this login: it does not survive a known name without a password. */
function whyNotALogin({ handshake }: Socket): string | undefined {
  const { sessionId, username, password } = handshake.auth as Record<string, unknown>;
  if (typeof username === 'string' && typeof password === 'string') return undefined;
  if (typeof sessionId === 'string' && sessionId !== '' && username === undefined) return undefined;
  return 'log in with username and password';
}
