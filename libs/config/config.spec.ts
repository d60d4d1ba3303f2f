import { availableParallelism } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from './config.ts';

const HASH = `$2b$12$${'a'.repeat(53)}`;
const TOKEN = '0123456789abcdef';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('needs nothing: every variable has a default', () => {
    expect(loadConfig({})).toEqual({
      production: false,
      http: { port: 3000, host: '0.0.0.0', tls: undefined },
      media: {
        workers: availableParallelism(),
        rtcPort: 20_000,
        host: '0.0.0.0',
        announcedAddress: undefined,
        workerBin: undefined,
        bitrates: { startBps: 3_000_000, maxIncomingBps: undefined, maxOutgoingBps: undefined },
        videoCodec: 'VP8',
      },
      rooms: { maxParticipants: 50, emptyGraceMs: 2000 },
      topology: { meshMaxParticipants: 2, meshDwellMs: 5000 },
      iceServers: [{ urls: 'stun:stun.l.google.com:19302' }],
      admin: { credentials: undefined, mode: 'aggregate' },
      metrics: { access: 'local' },
      tutorials: true,
      logLevel: 'info',
    });
  });

  it('reads every variable', () => {
    const iceServers = [{ urls: ['turn:turn.example.org'], username: 'u', credential: 'c' }];
    expect(
      loadConfig({
        NODE_ENV: 'production',
        PORT: '8080',
        HOST: '127.0.0.1',
        TLS_CERT: '/etc/cert.pem',
        TLS_KEY: '/etc/key.pem',
        ANNOUNCED_ADDRESS: 'call.example.org',
        RTC_PORT: '40000',
        WORKERS: '3',
        MEDIASOUP_WORKER_BIN: '/opt/worker',
        VIDEO_CODEC: 'VP9',
        START_BITRATE_BPS: '500000',
        MAX_INCOMING_BITRATE_BPS: '2000000',
        MAX_OUTGOING_BITRATE_BPS: '8000000',
        MESH_MAX_PARTICIPANTS: '4',
        MESH_DWELL_MS: '0',
        ROOM_MAX_PARTICIPANTS: '9',
        ICE_SERVERS: JSON.stringify(iceServers),
        ADMIN_USERNAME: 'admin',
        ADMIN_PASSWORD_HASH: HASH,
        ADMIN_MODE: 'events',
        METRICS: 'token',
        METRICS_TOKEN: TOKEN,
        LOG_LEVEL: 'debug',
        TUTORIALS: 'true',
      }),
    ).toEqual({
      production: true,
      http: { port: 8080, host: '127.0.0.1', tls: { certFile: '/etc/cert.pem', keyFile: '/etc/key.pem' } },
      media: {
        workers: 3,
        rtcPort: 40_000,
        host: '127.0.0.1',
        announcedAddress: 'call.example.org',
        workerBin: '/opt/worker',
        bitrates: { startBps: 500_000, maxIncomingBps: 2_000_000, maxOutgoingBps: 8_000_000 },
        videoCodec: 'VP9',
      },
      rooms: { maxParticipants: 9, emptyGraceMs: 2000 },
      topology: { meshMaxParticipants: 4, meshDwellMs: 0 },
      iceServers,
      admin: { credentials: { username: 'admin', passwordHash: HASH }, mode: 'events' },
      metrics: { access: 'token', token: TOKEN },
      tutorials: true,
      logLevel: 'debug',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', ICE_SERVERS: '', ADMIN_USERNAME: '', WORKERS: undefined })).toEqual(
      loadConfig({}),
    );
  });

  it('leaves other programs their variables', () => {
    expect(() =>
      loadConfig({ PATH: '/bin', PORTS: '1', HOSTNAME: 'x', npm_config_port: '1', XPORT: 'y' }),
    ).not.toThrow();
  });

  it('begins no higher than the most that is sent, and does not take more for a beginning', () => {
    const max = { MAX_OUTGOING_BITRATE_BPS: '1000000' };
    expect(loadConfig(max).media.bitrates.startBps).toBe(1_000_000);
    expect(problemsOf({ ...max, START_BITRATE_BPS: '1000001' })).toEqual([
      'START_BITRATE_BPS: expected no more than MAX_OUTGOING_BITRATE_BPS (1000000), got 1000001',
    ]);
  });

  it('is frozen to the bottom', () => {
    const config = loadConfig({ ADMIN_USERNAME: 'admin', ADMIN_PASSWORD_HASH: HASH });
    const thawed: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) thawed.push(path);
      for (const [key, inner] of Object.entries(value)) look(inner, `${path}.${key}`);
    };
    look(config, 'config');
    expect(thawed).toEqual([]);
  });

  it('lists every problem at once, wrong values and mistyped names alike', () => {
    const problems = problemsOf({
      PORT: '99999',
      WORKERS: 'many',
      LOG_LEVEL: 'loud',
      ICE_SERVERS: 'stun:stun.example.org',
      ANOUNCED_ADDRESS: '203.0.113.1',
    });
    expect(problems).toEqual([
      'ANOUNCED_ADDRESS: there is no such variable, did you mean ANNOUNCED_ADDRESS?',
      'PORT: expected a whole number from 0 to 65535',
      'WORKERS: expected a whole number from 1 to 128',
      'ICE_SERVERS: expected JSON, for example [{"urls":"stun:stun.example.org"}]',
      'LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal, silent',
    ]);
  });

  it('has every problem on a line of its message', () => {
    expect(() => loadConfig({ PORT: 'x', WORKERS: '0' })).toThrow(
      new ConfigError([
        'PORT: expected a whole number from 0 to 65535',
        'WORKERS: expected a whole number from 1 to 128',
      ]),
    );
    expect(new ConfigError(['a', 'b']).message).toBe('The configuration is not usable:\n  - a\n  - b');
  });

  it.each(['-1', '1.5', '1e3', ' 80', '0x50', '65536', 'NaN'])('refuses %j as a port', (value) => {
    expect(problemsOf({ PORT: value })).toEqual(['PORT: expected a whole number from 0 to 65535']);
  });

  it.each([
    ['{"urls":"stun:a"}', 'ICE_SERVERS: expected a JSON array of {urls, username?, credential?}'],
    ['[{"url":"stun:a"}]', expect.stringMatching(/^ICE_SERVERS\[0\]/)],
    ['[{"urls":"stun:a"},{"urls":1}]', expect.stringMatching(/^ICE_SERVERS\[1\]\[urls\]: /)],
  ])('says what is wrong with the ICE servers %s', (value, problem) => {
    expect(problemsOf({ ICE_SERVERS: value })).toContainEqual(problem);
  });

  it('wants both of the admin credentials, or neither', () => {
    const problem = ['ADMIN_USERNAME and ADMIN_PASSWORD_HASH: expected both or neither'];
    expect(problemsOf({ ADMIN_USERNAME: 'admin' })).toEqual(problem);
    expect(problemsOf({ ADMIN_PASSWORD_HASH: HASH })).toEqual(problem);
  });

  it('wants both a certificate and its key, or neither', () => {
    const problem = ['TLS_CERT and TLS_KEY: expected both or neither'];
    expect(problemsOf({ TLS_CERT: 'cert.pem' })).toEqual(problem);
    expect(problemsOf({ TLS_KEY: 'key.pem' })).toEqual(problem);
  });

  it('refuses a password where a hash is expected, and does not repeat it', () => {
    const problems = problemsOf({ ADMIN_USERNAME: 'admin', ADMIN_PASSWORD_HASH: 'hunter2' });
    expect(problems).toEqual([
      'ADMIN_PASSWORD_HASH: expected a bcrypt hash, make one with: npm run admin:hash',
    ]);
  });

  it('wants a port below 65536 for every worker', () => {
    expect(problemsOf({ RTC_PORT: '65534', WORKERS: '2' })).toEqual([]);
    expect(problemsOf({ RTC_PORT: '65534', WORKERS: '3' })).toEqual([
      'RTC_PORT: expected room for 3 ports (WORKERS) below 65536',
    ]);
  });

  it.each([
    [{}, { access: 'local' }],
    [{ NODE_ENV: 'production' }, { access: 'off' }],
    [{ NODE_ENV: 'production', METRICS: 'local' }, { access: 'local' }],
    [
      { NODE_ENV: 'production', METRICS_TOKEN: TOKEN },
      { access: 'token', token: TOKEN },
    ],
    [{ METRICS_TOKEN: TOKEN }, { access: 'token', token: TOKEN }],
    [{ METRICS: 'open' }, { access: 'open' }],
    [{ METRICS: 'off', METRICS_TOKEN: TOKEN }, { access: 'off' }],
  ])('with %j lets read the metrics %j', (env, metrics) => {
    expect(loadConfig(env).metrics).toEqual(metrics);
  });

  it.each([
    [{}, true],
    [{ NODE_ENV: 'production' }, false],
    [{ NODE_ENV: 'production', TUTORIALS: 'true' }, true],
    [{ TUTORIALS: 'false' }, false],
  ])('with %j serves clients of the tutorials: %j', (env, tutorials) => {
    expect(loadConfig(env).tutorials).toBe(tutorials);
  });

  it('does not guess who may read the metrics where two variables disagree', () => {
    expect(problemsOf({ METRICS: 'token' })).toEqual([
      'METRICS: expected METRICS_TOKEN as well, for METRICS=token',
    ]);
    for (const access of ['local', 'open']) {
      expect(problemsOf({ METRICS: access, METRICS_TOKEN: TOKEN })).toEqual([
        `METRICS: expected token, for METRICS_TOKEN is set, and ${access} would not ask for it`,
      ]);
    }
  });

  it.each(['short', 'has a space in the middle', 'ünïcödé-ünïcödé-ünïcödé'])(
    'refuses the token %j, and does not repeat it',
    (token) => {
      const problems = problemsOf({ METRICS_TOKEN: token });
      expect(problems).toEqual([expect.stringMatching(/^METRICS_TOKEN: expected 16 or more .*openssl/)]);
      expect(problems.join('')).not.toContain(token);
    },
  );
});
