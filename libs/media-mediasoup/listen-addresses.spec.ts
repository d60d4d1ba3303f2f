import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { listenAddresses } from './listen-addresses.ts';

const v4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
});
const v6 = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv6',
  netmask: 'ffff::',
  mac: '00:00:00:00:00:00',
  cidr: null,
  scopeid: 0,
});

const INTERFACES = {
  lo: [v4('127.0.0.1', true), v6('::1', true)],
  eth0: [v4('192.168.1.7'), v6('fe80::7')],
  docker0: [v4('172.17.0.1')],
};

const addressesOf = (host: string, announcedAddress?: string) =>
  listenAddresses({ host, announcedAddress }, INTERFACES);

describe('where workers listen', () => {
  it.each(['0.0.0.0', '::'])(
    "is each of the machine's IPv4 addresses when the host is %s, the LAN's first",
    (host) => {
      expect(addressesOf(host)).toEqual([{ ip: '192.168.1.7' }, { ip: '172.17.0.1' }, { ip: '127.0.0.1' }]);
    },
  );

  it.each(['127.0.0.1', '192.168.1.7', '::1'])('is the host alone when it is the address %s', (host) => {
    expect(addressesOf(host)).toEqual([{ ip: host }]);
  });

  it('is this machine alone when the host is a name', () => {
    expect(addressesOf('localhost')).toEqual([{ ip: '127.0.0.1' }]);
  });

  it.each([
    ['203.0.113.5', '0.0.0.0'],
    ['call.example.org', '0.0.0.0'],
    ['2001:db8::5', '::'],
  ])('is everywhere when %s is announced, whatever the host', (announcedAddress, ip) => {
    for (const host of ['0.0.0.0', '127.0.0.1', '::']) {
      expect(addressesOf(host, announcedAddress)).toEqual([{ ip, announcedAddress }]);
    }
  });

  it('survives a machine without a network', () => {
    expect(listenAddresses({ host: '0.0.0.0', announcedAddress: undefined }, { lo: undefined })).toEqual([]);
    expect(
      listenAddresses({ host: '0.0.0.0', announcedAddress: undefined }, { lo: [v4('127.0.0.1', true)] }),
    ).toEqual([{ ip: '127.0.0.1' }]);
  });

  it('has an address on the machine that runs this', () => {
    expect(listenAddresses({ host: '0.0.0.0', announcedAddress: undefined })).toContainEqual({
      ip: '127.0.0.1',
    });
  });
});
