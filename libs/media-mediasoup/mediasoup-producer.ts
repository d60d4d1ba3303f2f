import { parseScalabilityMode, type types } from 'mediasoup';
import { Emitter } from '#kernel';
import { MediaProducer, type MediaEvents } from '#media';
import { producerIdSchema } from '#protocol';
import type { MediaLedger } from './media-ledger.ts';

export class MediasoupProducer extends MediaProducer {
  override readonly id;
  override readonly events = new Emitter<MediaEvents>();
  readonly #producer: types.Producer;

  constructor(producer: types.Producer, ledger: MediaLedger) {
    super();
    this.id = producerIdSchema.parse(producer.id);
    this.#producer = producer;
    ledger.enter('producers', producer);
    producer.once('transportclose', () => this.events.emit('closed', 'owner-closed'));
  }

  override get kind() {
    return this.#producer.kind;
  }

  override get spatialLayers(): number {
    const { encodings = [] } = this.#producer.rtpParameters;
    return encodings.length > 1
      ? encodings.length
      : parseScalabilityMode(encodings[0]?.scalabilityMode).spatialLayers;
  }

  override get paused(): boolean {
    return this.#producer.paused;
  }

  override get closed(): boolean {
    return this.#producer.closed;
  }

  override pause(): Promise<void> {
    return this.#producer.pause();
  }

  override resume(): Promise<void> {
    return this.#producer.resume();
  }

  override close(): void {
    if (this.#producer.closed) return;
    this.#producer.close();
    this.events.emit('closed', 'closed');
  }
}
