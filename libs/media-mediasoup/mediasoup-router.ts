import type { types } from 'mediasoup';
import type { BitrateConfig } from '#config';
import { Emitter } from '#kernel';
import { MediaRouter, type MediaEvents, type TransportDirection } from '#media';
import type { MediaLedger } from './media-ledger.ts';
import { MediasoupTransport } from './mediasoup-transport.ts';

export class MediasoupRouter extends MediaRouter {
  override readonly events = new Emitter<MediaEvents>();
  readonly #router: types.Router;
  readonly #webRtcServer: types.WebRtcServer;
  readonly #bitrates: BitrateConfig;
  readonly #ledger: MediaLedger;

  constructor(
    router: types.Router,
    webRtcServer: types.WebRtcServer,
    bitrates: BitrateConfig,
    ledger: MediaLedger,
  ) {
    super();
    this.#router = router;
    this.#webRtcServer = webRtcServer;
    this.#bitrates = bitrates;
    this.#ledger = ledger;
    ledger.enter('routers', router);
    router.once('workerclose', () => this.events.emit('closed', 'worker-died'));
  }

  override get closed(): boolean {
    return this.#router.closed;
  }

  override async createTransport(direction: TransportDirection): Promise<MediasoupTransport> {
    const { startBps, maxIncomingBps, maxOutgoingBps } = this.#bitrates;
    const transport = await this.#router.createWebRtcTransport({
      webRtcServer: this.#webRtcServer,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: startBps,
    });
    try {
      if (direction === 'send' && maxIncomingBps !== undefined)
        await transport.setMaxIncomingBitrate(maxIncomingBps);
      if (direction === 'recv' && maxOutgoingBps !== undefined)
        await transport.setMaxOutgoingBitrate(maxOutgoingBps);
    } catch (error) {
      transport.close();
      throw error;
    }
    return new MediasoupTransport(this.#router, transport, direction, this.#ledger);
  }

  override close(): void {
    if (this.#router.closed) return;
    this.#router.close();
    this.events.emit('closed', 'closed');
  }
}
