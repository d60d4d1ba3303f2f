import { networkInterfaces } from 'node:os';
import { isIP, isIPv6 } from 'node:net';
import type { MediaConfig } from '#config';

export interface ListenAddress {
  readonly ip: string;
  /** What clients are told instead of `ip`. */
  readonly announcedAddress?: string;
}

const WILDCARDS = new Set(['0.0.0.0', '::']);

/**
 * Where workers listen, and what they announce. With an announced address: on every interface, announcing that one (a NAT or a
 * container stands before us). On a wildcard host: on each IPv4 address of the machine, the LAN's first, so that the same
 * server is reached from the LAN and from itself. Otherwise on the host alone.
 */
export function listenAddresses(
  config: Pick<MediaConfig, 'host' | 'announcedAddress'>,
  interfaces = networkInterfaces(),
): ListenAddress[] {
  const { host, announcedAddress } = config;
  if (announcedAddress !== undefined) {
    return [{ ip: isIPv6(announcedAddress) ? '::' : '0.0.0.0', announcedAddress }];
  }
  if (!WILDCARDS.has(host)) return [{ ip: isIP(host) === 0 ? '127.0.0.1' : host }];
  const addresses = Object.values(interfaces)
    .flatMap((entries) => entries ?? [])
    .filter(({ family }) => family === 'IPv4');
  const inward = addresses.filter(({ internal }) => internal);
  const outward = addresses.filter(({ internal }) => !internal);
  return [...outward, ...inward].map(({ address }) => ({ ip: address }));
}
