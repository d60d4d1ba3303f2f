import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

/** Somebody who asks, by what the connection itself says. */
export interface Visitor {
  /** The other end of the TCP connection, not what a header claims. */
  readonly address: string | undefined;
  readonly headers: IncomingHttpHeaders;
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
export function isOnThisMachine({ address, headers }: Visitor): boolean {
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
