import type { types } from 'mediasoup';
import { Emitter } from '#kernel';
import { MediaRouter, type MediaEvents, type TransportDirection } from '#media';
import type { MediaLedger } from './media-ledger.ts';
import { MediasoupTransport } from './mediasoup-transport.ts';

/**
 * What the bandwidth estimate starts from, towards receivers. mediasoup's default of 600 kbit/s keeps the top layer of a 360 line
 * camera away for seconds; this admits it at once, and congestion control takes it back where the line does not carry it.
 */
const INITIAL_OUTGOING_BITRATE_BPS = 3_000_000;

export class MediasoupRouter extends MediaRouter {
  override readonly events = new Emitter<MediaEvents>();
  readonly #router: types.Router;
  readonly #webRtcServer: types.WebRtcServer;
  readonly #ledger: MediaLedger;

  constructor(router: types.Router, webRtcServer: types.WebRtcServer, ledger: MediaLedger) {
    super();
    this.#router = router;
    this.#webRtcServer = webRtcServer;
    this.#ledger = ledger;
    ledger.enter('routers', router);
    router.once('workerclose', () => this.events.emit('closed', 'worker-died'));
  }

  override get closed(): boolean {
    return this.#router.closed;
  }

  override async createTransport(direction: TransportDirection): Promise<MediasoupTransport> {
    const transport = await this.#router.createWebRtcTransport({
      webRtcServer: this.#webRtcServer,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE_BPS,
    });
    return new MediasoupTransport(this.#router, transport, direction, this.#ledger);
  }

  override close(): void {
    if (this.#router.closed) return;
    this.#router.close();
    this.events.emit('closed', 'closed');
  }
}
