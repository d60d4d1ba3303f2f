import type { AppConfig } from '#config';
import type { Log } from '#kernel';
import type { MediaEngine } from '#media';

/** What an application that embeds Switchyard decides. `loadConfig(process.env)` of `#config` gives all but `log`. */
export interface ConferenceOptions extends Pick<AppConfig, 'media' | 'rooms' | 'topology' | 'iceServers'> {
  readonly log: Log;
  /** Another SFU than mediasoup. */
  readonly engine?: MediaEngine;
}
