import { DomainError, Emitter } from '#kernel';
import {
  consumerIdSchema,
  producerIdSchema,
  transportIdSchema,
  type DtlsParameters,
  type ErrorCode,
  type IceParameters,
  type RtpCapabilities,
  type TransportSetup,
} from '#protocol';
import {
  MediaConsumer,
  MediaEngine,
  MediaProducer,
  MediaRouter,
  MediaTransport,
  type ConsumeOptions,
  type ConsumerEvents,
  type MediaCloseReason,
  type MediaCounts,
  type MediaEvents,
  type ProduceOptions,
  type TransportDirection,
} from './media-engine.ts';

export const FAKE_RTP_CAPABILITIES: RtpCapabilities = {
  codecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, preferredPayloadType: 100 },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, preferredPayloadType: 101 },
  ],
  headerExtensions: [],
};

/** What exists, shared by the objects of one fake engine. */
class Ledger {
  readonly counts = { routers: 0, transports: 0, producers: 0, consumers: 0 };
  #ids = 0;

  nextId(what: string): string {
    this.#ids += 1;
    return `${what}-${this.#ids}`;
  }
}

/** An engine that forwards nothing, and keeps the same order of ownership as a real one. */
export class FakeMediaEngine extends MediaEngine {
  override readonly routerRtpCapabilities = FAKE_RTP_CAPABILITIES;
  readonly routers: FakeRouter[] = [];
  /** Makes the next creations of a router fail. */
  available = true;
  readonly #ledger = new Ledger();

  override start(): Promise<void> {
    return Promise.resolve();
  }

  override createRouter(): Promise<FakeRouter> {
    if (!this.available) {
      return Promise.reject(new DomainError<ErrorCode>('MEDIA_UNAVAILABLE', 'no media worker is running'));
    }
    const router = new FakeRouter(this.#ledger);
    this.routers.push(router);
    return Promise.resolve(router);
  }

  override counts(): MediaCounts {
    return { workers: 1, ...this.#ledger.counts };
  }

  override close(): Promise<void> {
    for (const router of this.routers) router.close();
    return Promise.resolve();
  }
}

class FakeRouter extends MediaRouter {
  override readonly events = new Emitter<MediaEvents>();
  override closed = false;
  readonly transports: FakeTransport[] = [];
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    super();
    this.#ledger = ledger;
    ledger.counts.routers += 1;
  }

  override createTransport(direction: TransportDirection): Promise<FakeTransport> {
    if (this.closed) return Promise.reject(new Error('the router is closed'));
    const transport = new FakeTransport(direction, this.#ledger);
    this.transports.push(transport);
    return Promise.resolve(transport);
  }

  override close(reason: MediaCloseReason = 'closed'): void {
    if (this.closed) return;
    this.closed = true;
    this.#ledger.counts.routers -= 1;
    for (const transport of this.transports) transport.close('owner-closed');
    this.events.emit('closed', reason);
  }

  /** What a crash of the worker does. */
  die(): void {
    this.close('worker-died');
  }
}

class FakeTransport extends MediaTransport {
  override readonly id;
  override readonly direction: TransportDirection;
  override readonly setup: TransportSetup;
  override readonly events = new Emitter<MediaEvents>();
  override closed = false;
  readonly producers: FakeProducer[] = [];
  readonly consumers: FakeConsumer[] = [];
  readonly #ledger: Ledger;
  #connected = false;

  constructor(direction: TransportDirection, ledger: Ledger) {
    super();
    this.direction = direction;
    this.#ledger = ledger;
    this.id = transportIdSchema.parse(ledger.nextId(direction));
    this.setup = {
      id: this.id,
      iceParameters: { usernameFragment: 'fake', password: 'fake', iceLite: true },
      iceCandidates: [],
      dtlsParameters: {
        fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => '00').join(':') }],
      },
    };
    ledger.counts.transports += 1;
  }

  override connect(_dtlsParameters: DtlsParameters): Promise<void> {
    if (this.#connected) {
      return Promise.reject(
        new DomainError<ErrorCode>('INVALID_STATE', 'the transport is connected already'),
      );
    }
    this.#connected = true;
    return Promise.resolve();
  }

  override whenConnected(): Promise<void> {
    return Promise.resolve();
  }

  override restartIce(): Promise<IceParameters> {
    return Promise.resolve(this.setup.iceParameters);
  }

  override produce(options: ProduceOptions): Promise<FakeProducer> {
    const producer = new FakeProducer(options, this.#ledger);
    this.producers.push(producer);
    return Promise.resolve(producer);
  }

  override consume({ producer }: ConsumeOptions): Promise<FakeConsumer | null> {
    const consumer = new FakeConsumer(producer, this.#ledger);
    this.consumers.push(consumer);
    return Promise.resolve(consumer);
  }

  override close(reason: MediaCloseReason = 'closed'): void {
    if (this.closed) return;
    this.closed = true;
    this.#ledger.counts.transports -= 1;
    for (const producer of this.producers) producer.close('owner-closed');
    for (const consumer of this.consumers) consumer.close('owner-closed');
    this.events.emit('closed', reason);
  }
}

class FakeProducer extends MediaProducer {
  override readonly id;
  override readonly kind;
  override readonly spatialLayers: number;
  override paused: boolean;
  override readonly events = new Emitter<MediaEvents>();
  override closed = false;
  readonly pauses = new Emitter<{ changed: boolean }>();
  readonly #ledger: Ledger;

  constructor(options: ProduceOptions, ledger: Ledger) {
    super();
    this.id = producerIdSchema.parse(ledger.nextId('producer'));
    this.kind = options.kind;
    this.spatialLayers = options.rtpParameters.encodings?.length ?? 1;
    this.paused = options.paused;
    this.#ledger = ledger;
    ledger.counts.producers += 1;
  }

  override pause(): Promise<void> {
    return this.#setPaused(true);
  }

  override resume(): Promise<void> {
    return this.#setPaused(false);
  }

  override close(reason: MediaCloseReason = 'closed'): void {
    if (this.closed) return;
    this.closed = true;
    this.#ledger.counts.producers -= 1;
    this.events.emit('closed', reason);
  }

  #setPaused(paused: boolean): Promise<void> {
    this.paused = paused;
    this.pauses.emit('changed', paused);
    return Promise.resolve();
  }
}

class FakeConsumer extends MediaConsumer {
  override readonly id;
  override readonly producerId;
  override readonly kind;
  override readonly rtpParameters;
  override producerPaused: boolean;
  override readonly events = new Emitter<ConsumerEvents>();
  override closed = false;
  paused = true;
  readonly #ledger: Ledger;

  constructor(producer: MediaProducer, ledger: Ledger) {
    super();
    this.id = consumerIdSchema.parse(ledger.nextId('consumer'));
    this.producerId = producer.id;
    this.kind = producer.kind;
    this.rtpParameters = {
      codecs: [{ mimeType: `${producer.kind}/fake`, clockRate: 90_000, payloadType: 101 }],
    };
    this.producerPaused = producer.paused;
    this.#ledger = ledger;
    ledger.counts.consumers += 1;
    producer.events.on('closed', () => this.close('producer-closed'));
    if (producer instanceof FakeProducer) {
      producer.pauses.on('changed', (paused) => {
        this.producerPaused = paused;
        this.events.emit('producerPaused', paused);
      });
    }
  }

  override pause(): Promise<void> {
    this.paused = true;
    return Promise.resolve();
  }

  override resume(): Promise<void> {
    this.paused = false;
    return Promise.resolve();
  }

  override setPreferredLayers(): Promise<void> {
    return Promise.resolve();
  }

  override setPriority(): Promise<void> {
    return Promise.resolve();
  }

  override requestKeyFrame(): Promise<void> {
    return Promise.resolve();
  }

  override close(reason: MediaCloseReason = 'closed'): void {
    if (this.closed) return;
    this.closed = true;
    this.#ledger.counts.consumers -= 1;
    this.events.emit('closed', reason);
  }
}
