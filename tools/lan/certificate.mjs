import { spawnSync } from 'node:child_process';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { Failure, messageOf } from '../failure.mjs';
import { makeCacheFolder } from '../provide/cache.mjs';

/** Some telephones refuse certificates of servers that are valid for more than 825 days, others for more than 398. */
const VALID_DAYS = 365;
/** One that ends soon is replaced, so that it does not end in the middle of a call. */
const RENEWED_BEFORE_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * @typedef {object} Certificate
 * @property {string} certFile PEM
 * @property {string} keyFile PEM
 * @property {string} fingerprint SHA-256, as browsers show it
 * @property {boolean} isNew whether it was made just now, so that devices have to be told once more to trust it
 */

/**
 * A certificate for those names and addresses that nobody has signed but its own key: the one that is kept in `folder`, or a new
 * one where that is missing, damaged, ends soon or lacks a name.
 *
 * @param {{ folder: string, names: readonly string[], now?: Date }} options
 * @returns {Certificate}
 */
export function provideCertificate({ folder, names, now = new Date() }) {
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  const kept = readUsable(certFile, keyFile, names, now);
  if (kept !== undefined) return { certFile, keyFile, fingerprint: kept.fingerprint256, isNew: false };

  makeCacheFolder(folder);
  makeCertificate(folder, certFile, keyFile, names);
  const made = readUsable(certFile, keyFile, names, new Date());
  if (made === undefined) {
    throw new Failure(`openssl made a certificate that does not fit: look at ${certFile}, or delete it.`);
  }
  return { certFile, keyFile, fingerprint: made.fingerprint256, isNew: true };
}

/**
 * @param {string} certFile
 * @param {string} keyFile
 * @param {readonly string[]} names
 * @param {Date} now
 */
function readUsable(certFile, keyFile, names, now) {
  try {
    const certificate = new X509Certificate(readFileSync(certFile));
    const covers = names.every((name) =>
      isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name),
    );
    const isValid =
      Date.parse(certificate.validFrom) <= now.getTime() &&
      Date.parse(certificate.validTo) > now.getTime() + RENEWED_BEFORE_MS;
    const fits = certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile)));

    return covers && isValid && fits ? certificate : undefined;
  } catch {
    // Not there, or not readable as what it should be: another one is made.
    return undefined;
  }
}

/**
 * @param {string} folder
 * @param {string} certFile
 * @param {string} keyFile
 * @param {readonly string[]} names
 */
function makeCertificate(folder, certFile, keyFile, names) {
  // Written aside and moved, so that nobody ever sees half of one.
  const [config, newCert, newKey] = ['cnf', 'cert', 'key'].map((kind) =>
    join(folder, `${process.pid}.${kind}`),
  );
  try {
    writeFileSync(config, requestFor(names));
    // The key must never be there for others to read, not even for a moment.
    writeFileSync(newKey, '', { mode: 0o600 });
    const what = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', `${VALID_DAYS}`];
    openssl([...what, '-config', config, '-keyout', newKey, '-out', newCert]);
    chmodSync(newKey, 0o600);
    renameSync(newKey, keyFile);
    renameSync(newCert, certFile);
  } finally {
    for (const file of [config, newCert, newKey]) rmSync(file, { force: true });
  }
}

/**
 * The configuration of `openssl req` (config(5), x509v3_config(5)).
 *
 * @param {readonly string[]} names
 */
function requestFor(names) {
  const alternatives = names.map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join(',');

  return `
[req]
prompt = no
distinguished_name = subject
x509_extensions = extensions
[subject]
CN = Switchyard on this network
[extensions]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = ${alternatives}
`;
}

/** @param {readonly string[]} args */
function openssl(args) {
  const { error, status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });

  if (error !== undefined) {
    throw new Failure(
      `The certificate is made by openssl, which cannot be run (${messageOf(error)}); install it (on Debian and Ubuntu: apt install openssl), or set TLS_CERT and TLS_KEY to a certificate of yours and run: npm start`,
    );
  }
  if (status !== 0) {
    throw new Failure(`openssl could not make a certificate:\n${stderr.trim()}`);
  }
}
