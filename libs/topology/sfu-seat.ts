import type { MediaConsumer, MediaProducer, MediaTransport } from '#media';
import type {
  ConsumerId,
  ParticipantId,
  ProducerId,
  RtpCapabilities,
  Source,
  TransportId,
  VideoSize,
} from '#protocol';
import type { Participant } from '#rooms';
import type { LayerDemand } from './layer-demand.ts';

/** A track that a participant sends. */
export interface SentTrack {
  readonly producer: MediaProducer;
  readonly source: Source;
  /** Of the highest layer. */
  readonly size: VideoSize | null;
  /** For example `video/VP8`. */
  readonly mimeType: string;
  /** Who wants which layers of it; null for audio. */
  readonly demand: LayerDemand | null;
  /** Another one has taken its place, and it goes on only until the others have changed over. */
  superseded: boolean;
}

/** A track that a participant receives. */
export interface ReceivedTrack {
  readonly consumer: MediaConsumer;
  readonly sender: ParticipantId;
  readonly track: SentTrack;
  /** By its receiver's own wish. */
  paused: boolean;
  /** The highest spatial layer that its receiver wants, while it is not paused. */
  highest: number;
}

/** What one participant has in the SFU. Closing its transports closes everything else. */
export class SfuSeat {
  readonly id: ParticipantId;
  /** What it can receive; null until it has said so. */
  rtpCapabilities: RtpCapabilities | null = null;
  readonly send: MediaTransport;
  readonly recv: MediaTransport;
  readonly sent = new Map<ProducerId, SentTrack>();
  readonly received = new Map<ConsumerId, ReceivedTrack>();

  constructor({ id }: Participant, send: MediaTransport, recv: MediaTransport) {
    this.id = id;
    this.send = send;
    this.recv = recv;
  }

  get closed(): boolean {
    return this.recv.closed;
  }

  /** What it sends, without those whose place another one has taken. */
  get current(): readonly SentTrack[] {
    return [...this.sent.values()].filter(({ superseded }) => !superseded);
  }

  transport(id: TransportId): MediaTransport | undefined {
    return [this.send, this.recv].find((transport) => transport.id === id);
  }

  owns(id: TransportId | ProducerId | ConsumerId): boolean {
    return (
      this.send.id === id ||
      this.recv.id === id ||
      this.sent.has(id as ProducerId) ||
      this.received.has(id as ConsumerId)
    );
  }

  addSent(track: SentTrack): void {
    const { producer, demand } = track;
    this.sent.set(producer.id, track);
    producer.events.on('closed', () => {
      demand?.close();
      this.sent.delete(producer.id);
    });
  }

  addReceived(received: ReceivedTrack): void {
    const { consumer, track } = received;
    this.received.set(consumer.id, received);
    track.demand?.expect(consumer.id);
    const forget = (): void => {
      unsubscribe();
      this.received.delete(consumer.id);
      track.demand?.forget(consumer.id);
    };
    // With its producer, not when the worker gets round to saying so: until then it would refuse whatever is asked of it.
    const unsubscribe = track.producer.events.on('closed', forget);
    consumer.events.on('closed', forget);
  }

  close(): void {
    this.send.close();
    this.recv.close();
  }
}
