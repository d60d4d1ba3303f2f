import type { types } from 'mediasoup';
import { Emitter } from '#kernel';
import { MediaConsumer, type ConsumerEvents } from '#media';
import { consumerIdSchema, producerIdSchema, type RtpParameters } from '#protocol';
import type { MediaLedger } from './media-ledger.ts';

export class MediasoupConsumer extends MediaConsumer {
  override readonly id;
  override readonly producerId;
  override readonly events = new Emitter<ConsumerEvents>();
  readonly #consumer: types.Consumer;

  constructor(consumer: types.Consumer, ledger: MediaLedger) {
    super();
    this.id = consumerIdSchema.parse(consumer.id);
    this.producerId = producerIdSchema.parse(consumer.producerId);
    this.#consumer = consumer;
    ledger.enter('consumers', consumer);
    consumer.once('transportclose', () => this.events.emit('closed', 'owner-closed'));
    consumer.once('producerclose', () => this.events.emit('closed', 'producer-closed'));
    consumer.on('producerpause', () => this.events.emit('producerPaused', true));
    consumer.on('producerresume', () => this.events.emit('producerPaused', false));
    consumer.on('layerschange', (layers) =>
      this.events.emit(
        'layers',
        layers === undefined
          ? null
          : { spatialLayer: layers.spatialLayer, temporalLayer: layers.temporalLayer ?? null },
      ),
    );
  }

  override get kind() {
    return this.#consumer.kind;
  }

  override get rtpParameters(): RtpParameters {
    return this.#consumer.rtpParameters as RtpParameters;
  }

  override get producerPaused(): boolean {
    return this.#consumer.producerPaused;
  }

  override get closed(): boolean {
    return this.#consumer.closed;
  }

  override pause(): Promise<void> {
    return this.#consumer.pause();
  }

  override resume(): Promise<void> {
    return this.#consumer.resume();
  }

  override setPreferredLayers(layers: {
    spatialLayer: number;
    temporalLayer?: number | undefined;
  }): Promise<void> {
    const { spatialLayer, temporalLayer } = layers;
    return this.#consumer.setPreferredLayers(
      temporalLayer === undefined ? { spatialLayer } : { spatialLayer, temporalLayer },
    );
  }

  override setPriority(priority: number): Promise<void> {
    return this.#consumer.setPriority(priority);
  }

  override requestKeyFrame(): Promise<void> {
    return this.#consumer.requestKeyFrame();
  }

  override close(): void {
    if (this.#consumer.closed) return;
    this.#consumer.close();
    this.events.emit('closed', 'closed');
  }
}
