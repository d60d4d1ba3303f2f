import { join } from 'node:path';
import { encodeQR } from 'qr';
import { report } from '../progress.mjs';
import { cacheHome } from '../provide/cache.mjs';
import { lanAddresses } from './addresses.mjs';
import { provideCertificate } from './certificate.mjs';

/**
 * Sees to it that the server of this process will speak HTTPS, with a certificate for this machine's addresses.
 *
 * @param {NodeJS.ProcessEnv} env is given the certificate, unless it names one already
 * @returns {(url: string) => string} what there is to tell once the server listens at that address of this machine's own
 */
export function prepareLan(env) {
  const addresses = lanAddresses();
  const given = env.TLS_CERT || env.TLS_KEY;

  if (!given) {
    const folder = join(cacheHome(env), 'lan-certificate');
    const { certFile, keyFile, fingerprint, isNew } = provideCertificate({
      folder,
      names: ['localhost', '127.0.0.1', ...addresses],
    });

    env.TLS_CERT = certFile;
    env.TLS_KEY = keyFile;
    report('certificate', `${isNew ? 'made' : 'kept'} in ${folder}, SHA-256 ${fingerprint}`);
  }

  return (url) => invitation(addresses, new URL(url).port);
}

/**
 * @param {readonly string[]} addresses
 * @param {string} port
 */
export function invitation([address, ...others], port) {
  if (address === undefined) {
    return '  This machine is in no network that it could be reached in: connect it to one, then start again.\n\n';
  }
  const url = `https://${address}:${port}`;
  const more = others.map((other) => `https://${other}:${port}`).join('  ');

  return [
    `  Other devices in this network open ${url}`,
    ...(more === '' ? [] : [`  or, if that does not lead here: ${more}`]),
    '  They warn of a certificate that they do not know. What to do then: docs/lan.md',
    '',
    encodeQR(url, 'term', { border: 2 }),
    '',
  ].join('\n');
}
