import type { BitrateConfig, MediaConfig } from '#config';
import { DomainError, type Log } from '#kernel';
import { MediaEngine, type MediaCounts, type MediaRouter } from '#media';
import type { ErrorCode, RtpCapabilities } from '#protocol';
import { ROUTER_CODECS } from './codecs.ts';
import { MediaLedger } from './media-ledger.ts';
import { MediasoupRouter } from './mediasoup-router.ts';
import { WorkerPool } from './worker-pool.ts';

/** The SFU on mediasoup: one worker per core, each with one `WebRtcServer` on a port of its own. */
export class MediasoupEngine extends MediaEngine {
  readonly workers: WorkerPool;
  readonly #ledger = new MediaLedger();
  readonly #bitrates: BitrateConfig;
  #routerRtpCapabilities: RtpCapabilities | undefined;

  constructor(config: MediaConfig, log: Log) {
    super();
    this.#bitrates = config.bitrates;
    this.workers = new WorkerPool(config, log);
  }

  override get routerRtpCapabilities(): RtpCapabilities {
    if (this.#routerRtpCapabilities === undefined) {
      throw new DomainError<ErrorCode>(
        'MEDIA_UNAVAILABLE',
        'the media workers are starting, try again in a moment',
      );
    }
    return this.#routerRtpCapabilities;
  }

  override async start(): Promise<void> {
    await this.workers.start();
    // Every router has the same codecs, so the first one tells what all of them can.
    const { worker } = await this.workers.leastLoaded();
    const router = await worker.createRouter({ mediaCodecs: ROUTER_CODECS });
    this.#routerRtpCapabilities = router.rtpCapabilities as RtpCapabilities;
    router.close();
  }

  override async createRouter(): Promise<MediaRouter> {
    const pooled = await this.workers.leastLoaded();
    // Counted before it stands: rooms that open at the same moment must not all choose the same worker.
    pooled.routers += 1;
    try {
      const router = await pooled.worker.createRouter({ mediaCodecs: ROUTER_CODECS });
      router.observer.once('close', () => (pooled.routers -= 1));
      return new MediasoupRouter(router, pooled.webRtcServer, this.#bitrates, this.#ledger);
    } catch (error) {
      pooled.routers -= 1;
      throw error;
    }
  }

  override counts(): MediaCounts {
    return { workers: this.workers.size, ...this.#ledger.counts };
  }

  override close(): Promise<void> {
    this.workers.close();
    return Promise.resolve();
  }
}
