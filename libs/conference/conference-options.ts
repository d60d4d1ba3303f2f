import type { AppConfig } from '#config';
import type { Log } from '#kernel';
import type { MediaEngine } from '#media';
import type { MetricsRegistry } from '#observability';
import type { HandoverMetrics } from '#topology';

/** What an application that embeds Switchyard decides. `loadConfig(process.env)` of `#config` gives all but `log`. */
export interface ConferenceOptions extends Pick<AppConfig, 'media' | 'rooms' | 'topology' | 'iceServers'> {
  readonly log: Log;
  /** Another SFU than mediasoup. */
  readonly engine?: MediaEngine;
  /** Where Switchyard's metrics go: a registry of prom-client, whose serving is the application's affair. Without one nothing is counted. */
  readonly registry?: MetricsRegistry;
  /** Is told of every handover, with what everybody saw of it. */
  readonly handoverMetrics?: HandoverMetrics;
}
