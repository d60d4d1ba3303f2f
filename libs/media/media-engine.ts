import type { Emitter } from '#kernel';
import type {
  ConsumerId,
  DtlsParameters,
  IceParameters,
  MediaKind,
  ProducerId,
  RtpCapabilities,
  RtpParameters,
  TransportId,
  TransportSetup,
} from '#protocol';

// The port to an SFU. Everything closes downwards only (engine, router, transport, producer, consumer), `close()` may be called
// twice, and `closed` is emitted exactly once, whoever closed it.

export type MediaCloseReason = 'closed' | 'owner-closed' | 'producer-closed' | 'worker-died';

export interface MediaEvents {
  closed: MediaCloseReason;
}

/** What exists now. All zero but the workers when nobody calls. */
export interface MediaCounts {
  readonly workers: number;
  readonly routers: number;
  readonly transports: number;
  readonly producers: number;
  readonly consumers: number;
}

/** `send`: the participant sends on it; `recv`: the participant receives on it. */
export type TransportDirection = 'send' | 'recv';

export abstract class MediaEngine {
  /**
   * What every router of this engine can receive and send.
   * @throws DomainError `MEDIA_UNAVAILABLE` before it has started
   */
  abstract readonly routerRtpCapabilities: RtpCapabilities;

  /** @throws Error with one sentence that says what to do, when a worker cannot start or its port is taken */
  abstract start(): Promise<void>;

  /**
   * Where one room's media is forwarded.
   * @throws DomainError `MEDIA_UNAVAILABLE` when no worker is running
   */
  abstract createRouter(): Promise<MediaRouter>;

  abstract counts(): MediaCounts;

  abstract close(): Promise<void>;
}

export abstract class MediaRouter {
  abstract readonly events: Emitter<MediaEvents>;
  abstract readonly closed: boolean;
  abstract createTransport(direction: TransportDirection): Promise<MediaTransport>;
  abstract close(): void;
}

export interface ProduceOptions {
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
  readonly paused: boolean;
}

export interface ConsumeOptions {
  readonly producer: MediaProducer;
  /** What the receiver can receive. */
  readonly rtpCapabilities: RtpCapabilities;
}

export abstract class MediaTransport {
  abstract readonly id: TransportId;
  abstract readonly direction: TransportDirection;
  abstract readonly setup: TransportSetup;
  abstract readonly events: Emitter<MediaEvents>;
  abstract readonly closed: boolean;

  /** Resolves once media can flow (ICE and DTLS stand). @throws Error when it is closed before that */
  abstract whenConnected(): Promise<void>;

  /** @throws DomainError `INVALID_STATE` when it is connected already */
  abstract connect(dtlsParameters: DtlsParameters): Promise<void>;
  abstract restartIce(): Promise<IceParameters>;

  /** @throws DomainError `INVALID_PAYLOAD` when the parameters are not ones that the router can receive */
  abstract produce(options: ProduceOptions): Promise<MediaProducer>;

  /** Created paused. `null`: this receiver has no codec in common with the producer. */
  abstract consume(options: ConsumeOptions): Promise<MediaConsumer | null>;
  abstract close(): void;
}

export abstract class MediaProducer {
  abstract readonly id: ProducerId;
  abstract readonly kind: MediaKind;
  /** Of simulcast or SVC; 1 for what has none. */
  abstract readonly spatialLayers: number;
  abstract readonly paused: boolean;
  abstract readonly events: Emitter<MediaEvents>;
  abstract readonly closed: boolean;
  abstract pause(): Promise<void>;
  abstract resume(): Promise<void>;
  abstract close(): void;
}

export interface ConsumerEvents extends MediaEvents {
  /** The producer was paused or resumed. */
  producerPaused: boolean;
  /** The layers being forwarded; null: none. */
  layers: { readonly spatialLayer: number; readonly temporalLayer: number | null } | null;
}

export abstract class MediaConsumer {
  abstract readonly id: ConsumerId;
  abstract readonly producerId: ProducerId;
  abstract readonly kind: MediaKind;
  abstract readonly rtpParameters: RtpParameters;
  abstract readonly producerPaused: boolean;
  abstract readonly events: Emitter<ConsumerEvents>;
  abstract readonly closed: boolean;
  abstract pause(): Promise<void>;
  abstract resume(): Promise<void>;
  abstract setPreferredLayers(layers: {
    spatialLayer: number;
    temporalLayer?: number | undefined;
  }): Promise<void>;
  /** From 1 to 255: where the line does not carry everything, higher ones get their layers first. */
  abstract setPriority(priority: number): Promise<void>;
  abstract requestKeyFrame(): Promise<void>;
  abstract close(): void;
}
