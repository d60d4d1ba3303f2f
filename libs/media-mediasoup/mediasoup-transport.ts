import type { types } from 'mediasoup';
import { DomainError, Emitter } from '#kernel';
import {
  MediaTransport,
  type ConsumeOptions,
  type MediaEvents,
  type ProduceOptions,
  type TransportDirection,
} from '#media';
import {
  transportIdSchema,
  type DtlsParameters,
  type ErrorCode,
  type IceParameters,
  type TransportSetup,
} from '#protocol';
import type { MediaLedger } from './media-ledger.ts';
import { MediasoupConsumer } from './mediasoup-consumer.ts';
import { MediasoupProducer } from './mediasoup-producer.ts';

export class MediasoupTransport extends MediaTransport {
  override readonly id;
  override readonly direction: TransportDirection;
  override readonly events = new Emitter<MediaEvents>();
  readonly #router: types.Router;
  readonly #transport: types.WebRtcTransport;
  readonly #ledger: MediaLedger;
  #connectCalled = false;

  constructor(
    router: types.Router,
    transport: types.WebRtcTransport,
    direction: TransportDirection,
    ledger: MediaLedger,
  ) {
    super();
    this.id = transportIdSchema.parse(transport.id);
    this.direction = direction;
    this.#router = router;
    this.#transport = transport;
    this.#ledger = ledger;
    ledger.enter('transports', transport);
    transport.once('routerclose', () => this.events.emit('closed', 'owner-closed'));
  }

  override get closed(): boolean {
    return this.#transport.closed;
  }

  override get setup(): TransportSetup {
    const { iceParameters, iceCandidates, dtlsParameters } = this.#transport;
    return { id: this.id, iceParameters, iceCandidates, dtlsParameters };
  }

  override whenConnected(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const { closed, dtlsState } = this.#transport;
        if (!closed && dtlsState === 'connected') resolve();
        else if (closed || dtlsState === 'closed' || dtlsState === 'failed')
          reject(new Error('the transport is closed'));
        else return;
        this.#transport.off('dtlsstatechange', look);
        this.#transport.observer.off('close', look);
      };
      this.#transport.on('dtlsstatechange', look);
      this.#transport.observer.on('close', look);
      look();
    });
  }

  override async connect(dtlsParameters: DtlsParameters): Promise<void> {
    if (this.#connectCalled) {
      throw new DomainError<ErrorCode>(
        'INVALID_STATE',
        'the transport is connected already, it connects once',
      );
    }
    this.#connectCalled = true;
    await this.#transport.connect({ dtlsParameters });
  }

  override restartIce(): Promise<IceParameters> {
    return this.#transport.restartIce();
  }

  override async produce({ kind, rtpParameters, paused }: ProduceOptions): Promise<MediasoupProducer> {
    const producer = await this.#transport
      .produce({ kind, rtpParameters: rtpParameters as types.RtpParameters, paused })
      .catch((error: unknown) => {
        if (this.#transport.closed) throw error;
        // What mediasoup refuses here (codecs, encodings, a payload type used twice) is what the client sent.
        throw new DomainError<ErrorCode>(
          'INVALID_PAYLOAD',
          `expected RTP parameters that the router can receive: ${error instanceof Error ? error.message : 'refused'}`,
          { cause: error },
        );
      });
    return new MediasoupProducer(producer, this.#ledger);
  }

  override async consume({ producer, rtpCapabilities }: ConsumeOptions): Promise<MediasoupConsumer | null> {
    const capabilities = rtpCapabilities as types.RtpCapabilities;
    if (!this.#router.canConsume({ producerId: producer.id, rtpCapabilities: capabilities })) return null;
    const consumer = await this.#transport.consume({
      producerId: producer.id,
      rtpCapabilities: capabilities,
      paused: true,
    });
    return new MediasoupConsumer(consumer, this.#ledger);
  }

  override close(): void {
    if (this.#transport.closed) return;
    this.#transport.close();
    this.events.emit('closed', 'closed');
  }
}
