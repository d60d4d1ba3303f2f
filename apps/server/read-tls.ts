import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigError, type HttpConfig } from '#config';

export interface TlsOptions {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** @throws ConfigError where a file cannot be read, or they are no certificate and its key */
export function readTls({ certFile, keyFile }: NonNullable<HttpConfig['tls']>): TlsOptions {
  const options = { cert: read('TLS_CERT', certFile), key: read('TLS_KEY', keyFile) };
  try {
    createSecureContext(options);
    return options;
  } catch (error) {
    throw new ConfigError([
      `TLS_CERT and TLS_KEY: expected a certificate and its key as PEM, in ${certFile} and ${keyFile}: ${wordsOf(error)}`,
    ]);
  }
}

function read(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigError([`${name}: expected a file that can be read: ${wordsOf(error)}`]);
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
