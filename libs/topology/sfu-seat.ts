import type { MediaConsumer, MediaProducer, MediaTransport } from '#media';
import type { ConsumerId, ParticipantId, ProducerId, RtpCapabilities, Source, TransportId } from '#protocol';
import type { Participant } from '#rooms';

/** What one participant has in the SFU. Closing its transports closes everything else. */
export class SfuSeat {
  readonly id: ParticipantId;
  /** What it can receive; null until it has said so. */
  rtpCapabilities: RtpCapabilities | null = null;
  readonly send: MediaTransport;
  readonly recv: MediaTransport;
  readonly producers = new Map<ProducerId, { readonly producer: MediaProducer; readonly source: Source }>();
  readonly consumers = new Map<ConsumerId, MediaConsumer>();

  constructor({ id }: Participant, send: MediaTransport, recv: MediaTransport) {
    this.id = id;
    this.send = send;
    this.recv = recv;
  }

  get closed(): boolean {
    return this.recv.closed;
  }

  sends(source: Source): boolean {
    return [...this.producers.values()].some((entry) => entry.source === source);
  }

  transport(id: TransportId): MediaTransport | undefined {
    return [this.send, this.recv].find((transport) => transport.id === id);
  }

  owns(id: TransportId | ProducerId | ConsumerId): boolean {
    return (
      this.send.id === id ||
      this.recv.id === id ||
      this.producers.has(id as ProducerId) ||
      this.consumers.has(id as ConsumerId)
    );
  }

  addProducer(producer: MediaProducer, source: Source): void {
    this.producers.set(producer.id, { producer, source });
    producer.events.on('closed', () => this.producers.delete(producer.id));
  }

  addConsumer(consumer: MediaConsumer, producer: MediaProducer): void {
    this.consumers.set(consumer.id, consumer);
    const forget = (): void => {
      unsubscribe();
      this.consumers.delete(consumer.id);
    };
    // With its producer, not when the worker gets round to saying so: until then it would refuse whatever is asked of it.
    const unsubscribe = producer.events.on('closed', forget);
    consumer.events.on('closed', forget);
  }

  close(): void {
    this.send.close();
    this.recv.close();
  }
}
