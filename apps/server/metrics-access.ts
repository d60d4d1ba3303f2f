import { createHash, timingSafeEqual } from 'node:crypto';
import { isOnThisMachine, type Visitor } from '#admin';
import type { MetricsConfig } from '#config';

const HOW_TO_TURN_ON =
  'set METRICS_TOKEN to let Prometheus in with it, or METRICS=local to answer this machine alone';

export interface Refusal {
  readonly status: 401 | 403 | 404;
  /** What to do about it. */
  readonly sentence: string;
}

/** Who may read `/metrics`. They name no room and no participant, and yet it is nobody's business how many calls there are. */
export class MetricsAccess {
  readonly #config: MetricsConfig;

  constructor(config: MetricsConfig) {
    this.#config = config;
  }

  /** What the log says about it at start. */
  get description(): string {
    switch (this.#config.access) {
      case 'local':
        return 'metrics are at /metrics, for this machine alone: set METRICS_TOKEN to let others in with it';
      case 'token':
        return 'metrics are at /metrics, for those who send the token';
      case 'open':
        return 'metrics are at /metrics, for everybody who reaches this server';
      case 'off':
        return `metrics are off: ${HOW_TO_TURN_ON}`;
    }
  }

  /** `undefined` for whoever may read. */
  refusalOf(visitor: Visitor): Refusal | undefined {
    switch (this.#config.access) {
      case 'open':
        return undefined;
      case 'off':
        return { status: 404, sentence: `Metrics are off: ${HOW_TO_TURN_ON}.` };
      case 'local':
        return isOnThisMachine(visitor)
          ? undefined
          : {
              status: 403,
              sentence:
                'Metrics are for programs on the server itself alone: set METRICS_TOKEN to let others in with it.',
            };
      case 'token':
        return carries(visitor, this.#config.token)
          ? undefined
          : { status: 401, sentence: 'Metrics are for those who send METRICS_TOKEN, as a bearer token.' };
    }
  }
}

/** RFC 6750 §2.1. Says nothing by the time it takes. */
function carries({ headers }: Visitor, token: string): boolean {
  const [, sent] = /^bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return sent !== undefined && timingSafeEqual(digest(sent), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
