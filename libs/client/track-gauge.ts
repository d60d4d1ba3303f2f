import type { RemoteTrack } from './media-plane.ts';

/** What is remembered: longer than any window that is asked for. */
const MEMORY_MS = 1000;

/**
 * What one received track does, told by its receiver's synchronization sources (W3C WebRTC 1.0 §5.3): for video the RTP timestamp moves with
 * each decoded frame, for audio with each packet that is played out. Synchronous and cheap: it can be asked every few milliseconds,
 * where `getStats()` could not.
 */
export class TrackGauge {
  readonly remote: RemoteTrack;
  #lastRtpTimestamp: number | undefined;
  #level = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #seen: number[] = [];

  constructor(remote: RemoteTrack) {
    this.remote = remote;
  }

  /** Lines of the last frame; 0 before the first. */
  get height(): number {
    return this.remote.track.getSettings().height ?? 0;
  }

  /** How loud what was last heard is: 0 is silence, 1 as loud as can be (W3C WebRTC 1.0 §5.3). */
  get level(): number {
    return this.#level;
  }

  /** Whether anything has ever come. */
  get flowed(): boolean {
    return this.#lastRtpTimestamp !== undefined;
  }

  /** Looks once; says whether something new has come since the last look. */
  look(now: number): boolean {
    this.#lookedAt = now;
    const { rtpTimestamp, audioLevel = 0 } = this.remote.receiver.getSynchronizationSources()[0] ?? {};
    this.#level = audioLevel;
    if (rtpTimestamp === undefined || rtpTimestamp === this.#lastRtpTimestamp) return false;
    this.#lastRtpTimestamp = rtpTimestamp;
    this.#seen = [...this.#seen.filter((time) => now - time <= MEMORY_MS), now];
    return true;
  }

  /** Since when nobody has looked, in ms; Infinity if nobody ever has. */
  unreadMs(now: number): number {
    return now - this.#lookedAt;
  }

  /** How often something new came within the last `windowMs`. */
  count(now: number, windowMs: number): number {
    return this.#seen.filter((time) => now - time <= windowMs).length;
  }

  /** Since when nothing new has come, in ms; Infinity if nothing ever did. */
  idleMs(now: number): number {
    return now - (this.#seen.at(-1) ?? Number.NEGATIVE_INFINITY);
  }
}
