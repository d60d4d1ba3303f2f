import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { VIDEO_CODECS, iceServerSchema, type VideoCodec } from '#protocol';
import { findMistypedNames } from './mistyped-names.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const METRICS_ACCESS = ['local', 'token', 'open', 'off'] as const;

/**
 * mediasoup's own 600 kbit/s keeps the top layer of a 360 line camera away for seconds; this admits it at once, and congestion
 * control takes it back where the line does not carry it.
 */
const START_BITRATE_BPS = 3_000_000;

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, {
      message: `expected a whole number from ${min} to ${max}`,
    });

const iceServersJson = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('expected JSON, for example [{"urls":"stun:stun.example.org"}]');
      return z.NEVER;
    }
  })
  .pipe(z.array(iceServerSchema, 'expected a JSON array of {urls, username?, credential?}'));

/** One entry per variable that Switchyard reads: its name here is its name in the environment. */
const environmentSchema = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  TLS_CERT: z.string().min(1).optional(),
  TLS_KEY: z.string().min(1).optional(),
  ANNOUNCED_ADDRESS: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'expected an IP address or a host name')
    .optional(),
  RTC_PORT: wholeNumber(1, 65_535).default(20_000),
  WORKERS: wholeNumber(1, 128).default(availableParallelism()),
  VIDEO_CODEC: z.enum(VIDEO_CODECS, `expected one of ${VIDEO_CODECS.join(', ')}`).default('VP8'),
  START_BITRATE_BPS: wholeNumber(100_000, 1_000_000_000).optional(),
  MAX_INCOMING_BITRATE_BPS: wholeNumber(100_000, 1_000_000_000).optional(),
  MAX_OUTGOING_BITRATE_BPS: wholeNumber(100_000, 1_000_000_000).optional(),
  MEDIASOUP_WORKER_BIN: z.string().min(1).optional(),
  MESH_MAX_PARTICIPANTS: wholeNumber(1, 4).default(2),
  MESH_DWELL_MS: wholeNumber(0, 600_000).default(5000),
  ROOM_MAX_PARTICIPANTS: wholeNumber(1, 1000).default(50),
  ICE_SERVERS: iceServersJson.default([{ urls: 'stun:stun.l.google.com:19302' }]),
  ADMIN_USERNAME: z.string().min(1).optional(),
  ADMIN_PASSWORD_HASH: z
    .string()
    .regex(/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/, 'expected a bcrypt hash, make one with: npm run admin:hash')
    .optional(),
  ADMIN_MODE: z.enum(['aggregate', 'events'], 'expected aggregate or events').default('aggregate'),
  METRICS: z.enum(METRICS_ACCESS, `expected one of ${METRICS_ACCESS.join(', ')}`).optional(),
  METRICS_TOKEN: z
    .string()
    // What RFC 6750 §2.1 lets a bearer token be.
    .regex(
      /^[A-Za-z0-9._~+/-]{16,}=*$/,
      'expected 16 or more of the characters A-Z a-z 0-9 . _ ~ + / -, make one with: openssl rand -hex 32',
    )
    .optional(),
  TUTORIALS: z.enum(['true', 'false'], 'expected true or false').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** What the congestion control of each transport keeps to, in bit/s. */
export interface BitrateConfig {
  /** What the estimate towards a receiver begins with. */
  readonly startBps: number;
  /** The most that one participant may send to the SFU. */
  readonly maxIncomingBps: number | undefined;
  /** The most that the SFU sends to one participant. */
  readonly maxOutgoingBps: number | undefined;
}

export interface MediaConfig {
  readonly workers: number;
  /** UDP and TCP: worker n listens on `rtcPort + n`. */
  readonly rtcPort: number;
  /** The interface the server listens on. */
  readonly host: string;
  /** The address that clients are told, where it is not one of the machine's own. */
  readonly announcedAddress: string | undefined;
  /** The worker's program, where it is not mediasoup's own. */
  readonly workerBin: string | undefined;
  readonly bitrates: BitrateConfig;
  /** What rooms send video in while everybody there can decode it. */
  readonly videoCodec: VideoCodec;
}

export interface HttpConfig {
  readonly port: number;
  readonly host: string;
  /** The paths of the PEM files of a certificate, with its chain, and of its key. Without them the server speaks HTTP. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
}

/** Who may read `/metrics`. */
export type MetricsConfig =
  /** Programs on the server's own machine. */
  | { readonly access: 'local' }
  /** Whoever sends the token. */
  | { readonly access: 'token'; readonly token: string }
  | { readonly access: 'open' }
  | { readonly access: 'off' };

/** All configuration, validated and frozen. */
export interface AppConfig {
  readonly production: boolean;
  readonly http: HttpConfig;
  readonly media: MediaConfig;
  readonly rooms: { readonly maxParticipants: number; readonly emptyGraceMs: number };
  readonly topology: {
    readonly meshMaxParticipants: number;
    /** How long a room must have been small enough before it goes back to mesh. */
    readonly meshDwellMs: number;
  };
  readonly iceServers: readonly z.infer<typeof iceServerSchema>[];
  readonly admin: {
    readonly credentials: { readonly username: string; readonly passwordHash: string } | undefined;
    /** `aggregate` counts events, `events` shows each. */
    readonly mode: 'aggregate' | 'events';
  };
  readonly metrics: MetricsConfig;
  /** Whether clients of the WebRTC tutorials are served. */
  readonly tutorials: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** The environment is not usable. `problems` has a line for each thing that is wrong. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the whole configuration from environment variables.
 * @throws ConfigError that lists every problem at once
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  // An empty variable is what `PORT= npm start` and many deployment tools mean by "not set".
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const problems = findMistypedNames(Object.keys(given), Object.keys(environmentSchema.shape));

  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const [name, ...path] = issue.path;
      problems.push(`${String(name)}${path.map((key) => `[${String(key)}]`).join('')}: ${issue.message}`);
    }
    throw new ConfigError(problems);
  }
  const values = parsed.data;
  if ((values.ADMIN_USERNAME === undefined) !== (values.ADMIN_PASSWORD_HASH === undefined)) {
    problems.push('ADMIN_USERNAME and ADMIN_PASSWORD_HASH: expected both or neither');
  }
  if ((values.TLS_CERT === undefined) !== (values.TLS_KEY === undefined)) {
    problems.push('TLS_CERT and TLS_KEY: expected both or neither');
  }
  if (values.RTC_PORT + values.WORKERS - 1 > 65_535) {
    problems.push(`RTC_PORT: expected room for ${values.WORKERS} ports (WORKERS) below 65536`);
  }
  const { MAX_OUTGOING_BITRATE_BPS: maxOutgoingBps } = values;
  const startBps = values.START_BITRATE_BPS ?? Math.min(START_BITRATE_BPS, maxOutgoingBps ?? Infinity);
  if (maxOutgoingBps !== undefined && startBps > maxOutgoingBps) {
    problems.push(
      `START_BITRATE_BPS: expected no more than MAX_OUTGOING_BITRATE_BPS (${maxOutgoingBps}), got ${startBps}`,
    );
  }
  const production = values.NODE_ENV === 'production';
  const metrics = readMetrics(values, production, problems);
  if (problems.length > 0) throw new ConfigError(problems);

  return deepFreeze({
    production,
    http: {
      port: values.PORT,
      host: values.HOST,
      tls:
        values.TLS_CERT === undefined || values.TLS_KEY === undefined
          ? undefined
          : { certFile: values.TLS_CERT, keyFile: values.TLS_KEY },
    },
    media: {
      workers: values.WORKERS,
      rtcPort: values.RTC_PORT,
      host: values.HOST,
      announcedAddress: values.ANNOUNCED_ADDRESS,
      workerBin: values.MEDIASOUP_WORKER_BIN,
      bitrates: { startBps, maxOutgoingBps, maxIncomingBps: values.MAX_INCOMING_BITRATE_BPS },
      videoCodec: values.VIDEO_CODEC,
    },
    rooms: { maxParticipants: values.ROOM_MAX_PARTICIPANTS, emptyGraceMs: 2000 },
    topology: { meshMaxParticipants: values.MESH_MAX_PARTICIPANTS, meshDwellMs: values.MESH_DWELL_MS },
    iceServers: values.ICE_SERVERS,
    admin: {
      credentials:
        values.ADMIN_USERNAME === undefined || values.ADMIN_PASSWORD_HASH === undefined
          ? undefined
          : { username: values.ADMIN_USERNAME, passwordHash: values.ADMIN_PASSWORD_HASH },
      mode: values.ADMIN_MODE,
    },
    metrics,
    // Strangers can meet there without a trace in `/v1`: that has to be wanted, where it is not for learning.
    tutorials: values.TUTORIALS === undefined ? !production : values.TUTORIALS === 'true',
    logLevel: values.LOG_LEVEL,
  });
}

/** Two variables that contradict each other about who is let in are a problem, not a guess. */
function readMetrics(
  { METRICS, METRICS_TOKEN: token }: z.infer<typeof environmentSchema>,
  production: boolean,
  problems: string[],
): MetricsConfig {
  if (token === undefined) {
    if (METRICS === 'token') problems.push('METRICS: expected METRICS_TOKEN as well, for METRICS=token');
    // In production a proxy on the same machine may speak for anybody.
    return { access: METRICS === 'token' ? 'off' : (METRICS ?? (production ? 'off' : 'local')) };
  }
  if (METRICS === 'off') return { access: METRICS };
  if (METRICS === 'local' || METRICS === 'open') {
    problems.push(`METRICS: expected token, for METRICS_TOKEN is set, and ${METRICS} would not ask for it`);
  }
  return { access: 'token', token };
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  }
  return Object.freeze(value);
}
