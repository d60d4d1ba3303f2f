import { networkInterfaces } from 'node:os';

/** Those of containers, virtual machines and tunnels, where no telephone is. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|wg|tailscale|zt|bridge)/;

/**
 * This machine's IPv4 addresses in its networks, the likeliest first: those of real interfaces, and of those the ones that homes
 * and offices have (RFC 1918).
 *
 * @param {NodeJS.Dict<Pick<import('node:os').NetworkInterfaceInfo, 'address' | 'family' | 'internal'>[]>} interfaces
 * @returns {string[]}
 */
export function lanAddresses(interfaces = networkInterfaces()) {
  return Object.entries(interfaces)
    .flatMap(([name, entries = []]) => entries.map((entry) => ({ ...entry, name })))
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ name, address }) => ({
      address,
      rank: (VIRTUAL.test(name) ? 2 : 0) + (isPrivate(address) ? 0 : 1),
    }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ address }) => address);
}

/** @param {string} address */
function isPrivate(address) {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
}
