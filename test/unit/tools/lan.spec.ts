import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lanAddresses } from '../../../tools/lan/addresses.mjs';
import { provideCertificate } from '../../../tools/lan/certificate.mjs';
import { invitation } from '../../../tools/lan/lan.mjs';
import { readTerminalQr } from '../../support/qr.ts';

const IPV4 = { family: 'IPv4', internal: false } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

describe('the addresses in the LAN', () => {
  it('are those of real interfaces first, and of those the private ones', () => {
    expect(
      lanAddresses({
        lo: [{ ...IPV4, address: '127.0.0.1', internal: true }],
        docker0: [{ ...IPV4, address: '172.17.0.1' }],
        ppp0: [{ ...IPV4, address: '203.0.113.7' }],
        wlan0: [
          { family: 'IPv6', internal: false, address: 'fe80::1' },
          { ...IPV4, address: '192.168.1.5' },
        ],
      }),
    ).toEqual(['192.168.1.5', '203.0.113.7', '172.17.0.1']);
  });
});

describe('the certificate for the LAN', () => {
  const NAMES = ['localhost', '127.0.0.1', '192.168.1.5'];
  let folder: string;
  const provide = (names = NAMES, now = new Date()) => provideCertificate({ folder, names, now });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchyard-lan-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('covers every name and address, for a server, and comes with its key, which is for its owner alone', () => {
    const { certFile, keyFile, fingerprint, isNew } = provide();
    const certificate = new X509Certificate(readFileSync(certFile));
    expect(certificate.checkHost('localhost')).toBe('localhost');
    for (const address of NAMES.slice(1)) expect(certificate.checkIP(address)).toBe(address);
    expect(certificate.checkIP('192.168.1.6')).toBeUndefined();
    // id-kp-serverAuth, without which telephones refuse it.
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile)))).toBe(true);
    expect(statSync(keyFile).mode & 0o077).toBe(0);
    expect({ fingerprint, isNew }).toEqual({ fingerprint: certificate.fingerprint256, isNew: true });
    expect(readdirSync(folder).toSorted()).toEqual(['cert.pem', 'key.pem']);
  });

  it('is kept, so that devices need to be told only once', () => {
    const { fingerprint } = provide();
    expect(provide()).toMatchObject({ fingerprint, isNew: false });
    expect(provide(NAMES.slice(0, 2))).toMatchObject({ fingerprint, isNew: false });
  });

  it.each<[string, () => ReturnType<typeof provide>]>([
    ['the machine has another address', () => provide([...NAMES, '10.0.0.7'])],
    ['it ends soon', () => provide(NAMES, new Date(Date.now() + 360 * DAY_MS))],
    ['it is damaged', () => (writeFileSync(join(folder, 'cert.pem'), 'no certificate'), provide())],
    ['its key is gone', () => (rmSync(join(folder, 'key.pem')), provide())],
  ])('is made anew when %s', (_when, provideAgain) => {
    const { fingerprint } = provide();
    const again = provideAgain();
    expect(again.isNew).toBe(true);
    expect(again.fingerprint).not.toBe(fingerprint);
  });
});

describe('the invitation to the LAN', () => {
  it('says the address, and as a QR code the same', () => {
    const told = invitation(['192.168.1.5', '10.0.0.7'], '3000');
    expect(told).toContain('open https://192.168.1.5:3000\n');
    expect(told).toContain('https://10.0.0.7:3000');
    expect(readTerminalQr(told)).toBe('https://192.168.1.5:3000');
  });

  it('says that there is no network where there is none', () => {
    expect(invitation([], '3000')).toContain('in no network');
  });
});
