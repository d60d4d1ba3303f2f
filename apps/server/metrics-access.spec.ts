import { describe, expect, it } from '@jest/globals';
import type { Visitor } from '#admin';
import { loadConfig } from '#config';
import { MetricsAccess } from './metrics-access.ts';

const TOKEN = '0123456789abcdef';
const HERE: Visitor = { address: '127.0.0.1', headers: { host: 'localhost:3000' } };
const ELSEWHERE: Visitor = { address: '192.0.2.7', headers: { host: 'calls.example.org' } };
const VIA_A_PROXY: Visitor = { ...HERE, headers: { ...HERE.headers, 'x-forwarded-for': '192.0.2.7' } };

const accessWith = (env: Record<string, string>) => new MetricsAccess(loadConfig(env).metrics);
const statusFor = (env: Record<string, string>, visitor: Visitor) =>
  accessWith(env).refusalOf(visitor)?.status;
const withAuthorization = (authorization: string): Visitor => ({
  ...ELSEWHERE,
  headers: { ...ELSEWHERE.headers, authorization },
});

describe('who may read the metrics', () => {
  it.each([
    ['nothing is set', {}, undefined, 403, 403],
    ['nothing is set in production', { NODE_ENV: 'production' }, 404, 404, 404],
    ['METRICS=local in production', { NODE_ENV: 'production', METRICS: 'local' }, undefined, 403, 403],
    ['METRICS=open', { METRICS: 'open' }, undefined, undefined, undefined],
    ['METRICS=off', { METRICS: 'off' }, 404, 404, 404],
    ['METRICS_TOKEN is set', { METRICS_TOKEN: TOKEN }, 401, 401, 401],
  ])('when %s', (_what, env, here, elsewhere, viaAProxy) => {
    expect([HERE, ELSEWHERE, VIA_A_PROXY].map((visitor) => statusFor(env, visitor))).toEqual([
      here,
      elsewhere,
      viaAProxy,
    ]);
  });

  it.each([
    [`Bearer ${TOKEN}`, undefined],
    [`bearer ${TOKEN}`, undefined],
    [`Bearer ${TOKEN}x`, 401],
    [`Bearer ${TOKEN.slice(0, -1)}`, 401],
    ['Bearer ', 401],
    ['Bearer', 401],
    [`Basic ${TOKEN}`, 401],
    [TOKEN, 401],
    ['', 401],
  ])('where a token is asked for, and %j is sent', (authorization, status) => {
    expect(statusFor({ METRICS_TOKEN: TOKEN }, withAuthorization(authorization))).toBe(status);
  });

  it('is told to whoever is refused, and in the log, without the token', () => {
    const environments: Record<string, string>[] = [{}, { METRICS: 'off' }, { METRICS_TOKEN: TOKEN }];
    for (const env of environments) {
      const access = accessWith(env);
      expect(access.refusalOf(ELSEWHERE)?.sentence).toContain('METRICS_TOKEN');
      expect(`${access.description} ${access.refusalOf(ELSEWHERE)?.sentence}`).not.toContain(TOKEN);
    }
  });
});
