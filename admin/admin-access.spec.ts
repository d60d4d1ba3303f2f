import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#config';
import { decideAdminAccess, describeAccess, whyRefused } from './admin-access.ts';
import type { Visitor } from './this-machine.ts';

const CREDENTIALS = { ADMIN_USERNAME: 'ada', ADMIN_PASSWORD_HASH: `$2b$10$${'x'.repeat(53)}` };
const PRODUCTION = { NODE_ENV: 'production' };

const accessWith = (env: Record<string, string>) => decideAdminAccess(loadConfig(env));

describe('who may open the Admin UI', () => {
  it('is whoever has the credentials, in production and elsewhere', () => {
    expect(accessWith(CREDENTIALS).kind).toBe('credentials');
    expect(accessWith({ ...CREDENTIALS, ...PRODUCTION }).kind).toBe('credentials');
  });

  it('is this machine alone while there are no credentials', () => {
    expect(accessWith({}).kind).toBe('this-machine');
  });

  it('is nobody in production without credentials, and the log says how to change that', () => {
    const access = accessWith(PRODUCTION);
    expect(access.kind).toBe('off');
    expect(describeAccess(access)).toMatch(/is off.*ADMIN_USERNAME.*ADMIN_PASSWORD_HASH.*npm run admin:hash/);
  });
});

describe('without credentials', () => {
  const local: Visitor = { address: '127.0.0.1', headers: { host: 'localhost:3000' } };
  const refused = (visitor: Partial<Visitor>) =>
    whyRefused(accessWith({}), { ...local, ...visitor }) !== undefined;

  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('answers %s', (address) => {
    expect(refused({ address })).toBe(false);
  });

  it.each(['192.0.2.7', '10.0.0.1', '::ffff:192.0.2.7', '2001:db8::1', 'nonsense', undefined])(
    'refuses %s',
    (address) => {
      expect(refused({ address })).toBe(true);
    },
  );

  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'call.localhost:3000'])(
    'answers to the name %s',
    (host) => {
      expect(refused({ headers: { host } })).toBe(false);
    },
  );

  it.each(['meet.example.org', 'localhost.example.org', '127.0.0.1.example.org:3000', '', undefined])(
    'does not answer to the name %s, which somebody may have made to resolve to this machine',
    (host) => {
      expect(refused({ headers: host === undefined ? {} : { host } })).toBe(true);
    },
  );

  it.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])(
    'refuses what a proxy on this machine passes on with %s',
    (name) => {
      expect(refused({ headers: { ...local.headers, [name]: '127.0.0.1' } })).toBe(true);
    },
  );

  it('refuses the page of another site that a browser on this machine shows', () => {
    const { headers } = local;
    expect(refused({ headers: { ...headers, origin: 'http://localhost:3000' } })).toBe(false);
    expect(refused({ headers: { ...headers, origin: 'https://example.org' } })).toBe(true);
    expect(refused({ headers: { ...headers, origin: 'null' } })).toBe(true);
  });
});
