import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { AppConfig } from '#config';

const HOW_TO_TURN_ON =
  'set ADMIN_USERNAME and ADMIN_PASSWORD_HASH to let operators log in (npm run admin:hash makes the hash)';

/** Who may open the Admin UI; decided once, when the server starts. */
export type AdminAccess =
  /** Whoever logs in. */
  | { readonly kind: 'credentials'; readonly username: string; readonly passwordHash: string }
  /** Browsers on the server itself, which may look and not touch. */
  | { readonly kind: 'this-machine' }
  | { readonly kind: 'off' };

/** Somebody who asks, by what the connection itself says. */
export interface Visitor {
  /** The other end of the TCP connection, not what a header claims. */
  readonly address: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

export function decideAdminAccess({
  admin,
  production,
}: Pick<AppConfig, 'admin' | 'production'>): AdminAccess {
  if (admin.credentials !== undefined) return { kind: 'credentials', ...admin.credentials };
  return { kind: production ? 'off' : 'this-machine' };
}

/** What the log says about it at start. */
export function describeAccess(access: AdminAccess): string {
  switch (access.kind) {
    case 'credentials':
      return 'the Admin UI is at /admin';
    case 'this-machine':
      return `the Admin UI is at /admin, read-only and for this machine alone: ${HOW_TO_TURN_ON}`;
    case 'off':
      return `the Admin UI is off: ${HOW_TO_TURN_ON}`;
  }
}

/** Why a visitor gets nothing, in one sentence; `undefined` if it does. A visitor may have to log in still. */
export function whyRefused(access: AdminAccess, visitor: Visitor): string | undefined {
  switch (access.kind) {
    case 'credentials':
      return undefined;
    case 'this-machine':
      return isOnThisMachine(visitor)
        ? undefined
        : `The Admin UI has no credentials, so it answers browsers on the server itself alone: ${HOW_TO_TURN_ON}.`;
    case 'off':
      return `The Admin UI is off: ${HOW_TO_TURN_ON}.`;
  }
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

// Whatever passes requests on is a neighbour of the server; whoever asked it may be anybody.
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * Whether a browser, or another program, on this machine asks for itself. Headers can take the right away and never give it: those of
 * proxies, and those that tell that a page of another site is asking, which a browser here would do for anybody whose page it shows.
 */
function isOnThisMachine({ address, headers }: Visitor): boolean {
  if (address === undefined || !isLoopbackAddress(address)) return false;
  if (PROXY_HEADERS.some((name) => headers[name] !== undefined)) return false;
  const { host, origin } = headers;
  // Another site's name may have been made to resolve to this machine.
  if (host === undefined || !isLoopbackName(hostnameOf(`http://${host}`))) return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

// An IPv4 address that came in through an IPv6 socket is known to the list, too.
const isLoopbackAddress = (address: string): boolean =>
  loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

function isLoopbackName(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]') return true;
  return /^127(\.\d+){3}$/.test(hostname);
}

function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
