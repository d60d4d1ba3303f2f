import { DomainError, Emitter, type Log } from '#kernel';
import type { MediaConsumer, MediaEngine, MediaProducer, MediaRouter, MediaTransport } from '#media';
import {
  kindOfSource,
  type ConsumerId,
  type DtlsParameters,
  type Epoch,
  type ErrorCode,
  type IceParameters,
  type ParticipantId,
  type ProducerId,
  type RequestPayload,
  type RtpCapabilities,
  type SfuSetup,
  type Source,
  type TransportId,
} from '#protocol';
import type { Participant, Room } from '#rooms';
import { SfuSeat } from './sfu-seat.ts';
import { TopologyStrategy } from './topology-strategy.ts';

/** How long a client may take to build its end of a consumer before it is told again. */
const CONSUMER_ACK_TIMEOUT_MS = 4000;
const CONSUMER_OFFERS = 3;

interface TransportPair {
  readonly send: MediaTransport;
  readonly recv: MediaTransport;
}

export interface SfuStrategyEvents {
  /** The router is gone: its worker died. */
  lost: undefined;
}

/** Everyone sends once, the SFU forwards: one router per room and epoch, two transports per participant. */
export class SfuStrategy extends TopologyStrategy {
  override readonly topology = 'sfu';
  readonly events = new Emitter<SfuStrategyEvents>();
  readonly #room: Room;
  readonly #router: MediaRouter;
  readonly #log: Log;
  readonly #seats = new Map<ParticipantId, SfuSeat>();
  readonly #spares: TransportPair[] = [];
  #epoch: Epoch | null = null;

  private constructor(room: Room, router: MediaRouter, log: Log) {
    super();
    this.#room = room;
    this.#router = router;
    this.#log = log;
    router.events.on('closed', (reason) => {
      this.#seats.clear();
      if (reason === 'worker-died') this.events.emit('lost', undefined);
    });
  }

  /** @throws DomainError `MEDIA_UNAVAILABLE` */
  static async open(engine: MediaEngine, room: Room, log: Log): Promise<SfuStrategy> {
    return new SfuStrategy(room, await available(engine.createRouter()), log);
  }

  override get epoch(): Epoch {
    if (this.#epoch === null) throw new Error('the plane is on standby: it has no epoch yet');
    return this.#epoch;
  }

  get lost(): boolean {
    return this.#router.closed;
  }

  /** From standby into service. */
  enter(epoch: Epoch): void {
    this.#epoch = epoch;
  }

  /** Has transports ready for somebody who is not in the room yet. */
  async reserve(): Promise<void> {
    this.#spares.push(await this.#createTransports());
  }

  /** Nobody is expected any more. */
  dropReserved(): void {
    for (const { send, recv } of this.#spares.splice(0)) {
      send.close();
      recv.close();
    }
  }

  override has(id: ParticipantId): boolean {
    return this.#seats.has(id);
  }

  override async admit(participant: Participant): Promise<SfuSetup> {
    const seat = this.#seats.get(participant.id) ?? (await this.#seatFor(participant));
    return { sendTransport: seat.send.setup, recvTransport: seat.recv.setup };
  }

  override release(id: ParticipantId): void {
    this.#seats.get(id)?.close();
    this.#seats.delete(id);
  }

  override close(): void {
    for (const seat of this.#seats.values()) seat.close();
    this.#seats.clear();
    this.#router.close();
  }

  /** Whether the participant has a transport, producer or consumer of that id here. */
  owns(id: ParticipantId, mediaId: TransportId | ProducerId | ConsumerId): boolean {
    return this.#seats.get(id)?.owns(mediaId) ?? false;
  }

  connect(id: ParticipantId, transportId: TransportId, dtlsParameters: DtlsParameters): Promise<void> {
    return available(this.#transport(id, transportId).connect(dtlsParameters));
  }

  /** @throws DomainError `INVALID_STATE` when it is not the transport to receive on, or receives already */
  receive(id: ParticipantId, transportId: TransportId, rtpCapabilities: RtpCapabilities): void {
    const transport = this.#transport(id, transportId);
    const seat = this.#seat(id);
    if (transport !== seat.recv) {
      throw new DomainError<ErrorCode>(
        'INVALID_STATE',
        'expected the transport you receive on, this is your send transport',
      );
    }
    if (seat.rtpCapabilities !== null) {
      throw new DomainError<ErrorCode>('INVALID_STATE', 'the transport receives already, that is said once');
    }
    seat.rtpCapabilities = rtpCapabilities;
    for (const other of this.#seats.values()) {
      if (other === seat) continue;
      for (const { producer, source } of other.producers.values()) this.#offer(seat, other, producer, source);
    }
  }

  restartIce(id: ParticipantId, transportId: TransportId): Promise<IceParameters> {
    return available(this.#transport(id, transportId).restartIce());
  }

  /** @throws DomainError `INVALID_STATE` when the source is being sent already, or does not fit the kind or the transport */
  async produce(id: ParticipantId, request: RequestPayload<'producer:create'>): Promise<ProducerId> {
    const { transportId, source, kind, rtpParameters, paused } = request;
    const transport = this.#transport(id, transportId);
    const seat = this.#seat(id);
    if (transport !== seat.send) {
      throw new DomainError<ErrorCode>(
        'INVALID_STATE',
        'expected your send transport, this is the one you receive on',
      );
    }
    if (kind !== kindOfSource(source)) {
      throw new DomainError<ErrorCode>(
        'INVALID_STATE',
        `expected ${kindOfSource(source)} for ${source}, got ${kind}`,
      );
    }
    if (seat.sends(source)) {
      throw new DomainError<ErrorCode>(
        'INVALID_STATE',
        `${source} is being sent already, close its producer first`,
      );
    }
    const producer = await available(transport.produce({ kind, rtpParameters, paused }));
    seat.addProducer(producer, source);
    for (const other of this.#seats.values()) if (other !== seat) this.#offer(other, seat, producer, source);
    return producer.id;
  }

  /** @throws DomainError `NOT_FOUND`, `MEDIA_UNAVAILABLE` */
  async withProducer(
    id: ParticipantId,
    producerId: ProducerId,
    task: (producer: MediaProducer) => void | Promise<void>,
  ): Promise<void> {
    const entry = this.#seat(id).producers.get(producerId);
    if (entry === undefined) throw notYours('producer');
    await available(task(entry.producer));
  }

  /** @throws DomainError `NOT_FOUND`, `MEDIA_UNAVAILABLE` */
  async withConsumer(
    id: ParticipantId,
    consumerId: ConsumerId,
    task: (consumer: MediaConsumer) => void | Promise<void>,
  ): Promise<void> {
    const consumer = this.#seat(id).consumers.get(consumerId);
    if (consumer === undefined) throw notYours('consumer');
    await available(task(consumer));
  }

  async #seatFor(participant: Participant): Promise<SfuSeat> {
    const { send, recv } = this.#spares.pop() ?? (await this.#createTransports());
    const seat = new SfuSeat(participant, send, recv);
    this.#seats.set(participant.id, seat);
    return seat;
  }

  async #createTransports(): Promise<TransportPair> {
    const [send, recv] = await available(
      Promise.all([this.#router.createTransport('send'), this.#router.createTransport('recv')]),
    );
    return { send, recv };
  }

  #seat(id: ParticipantId): SfuSeat {
    const seat = this.#seats.get(id);
    if (seat === undefined) throw notYours('seat in the SFU');
    return seat;
  }

  #transport(id: ParticipantId, transportId: TransportId): MediaTransport {
    const transport = this.#seat(id).transport(transportId);
    if (transport === undefined) throw notYours('transport');
    return transport;
  }

  /** Offers one track to one receiver. Nobody waits for it: a receiver that does not answer delays only itself. */
  #offer(receiver: SfuSeat, sender: SfuSeat, producer: MediaProducer, source: Source): void {
    // Whoever has not said yet what it can receive is offered everything when it does.
    if (receiver.rtpCapabilities === null) return;
    this.#consume(receiver, receiver.rtpCapabilities, sender, producer, source).catch((error: unknown) => {
      // Whoever left in the meantime explains it; anything else is worth a line.
      if (receiver.closed || producer.closed) return;
      this.#log.warn(
        { room: this.#room.name, participantId: receiver.id, producerId: producer.id, err: error },
        'a track did not reach a receiver',
      );
    });
  }

  async #consume(
    receiver: SfuSeat,
    rtpCapabilities: RtpCapabilities,
    sender: SfuSeat,
    producer: MediaProducer,
    source: Source,
  ): Promise<void> {
    const consumer = await receiver.recv.consume({ producer, rtpCapabilities });
    if (consumer === null) {
      this.#log.warn(
        { room: this.#room.name, participantId: receiver.id, producerId: producer.id, source },
        'the receiver has no codec in common with the sender',
      );
      return;
    }
    if (receiver.closed || producer.closed) {
      consumer.close();
      return;
    }
    receiver.addConsumer(consumer, producer);
    const { id: consumerId } = consumer;
    consumer.events.on('closed', (reason) => {
      if (reason === 'producer-closed') this.#room.notify(receiver.id, 'consumer:closed', { consumerId });
    });
    consumer.events.on('producerPaused', (paused) =>
      this.#room.notify(receiver.id, paused ? 'consumer:paused' : 'consumer:resumed', { consumerId }),
    );
    consumer.events.on('layers', (layers) =>
      this.#room.notify(receiver.id, 'consumer:layers', {
        consumerId,
        spatialLayer: layers?.spatialLayer ?? null,
        temporalLayer: layers?.temporalLayer ?? null,
      }),
    );
    const setup = {
      epoch: this.epoch,
      consumerId,
      producerId: producer.id,
      participantId: sender.id,
      source,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters,
      producerPaused: consumer.producerPaused,
    };
    for (let offer = 1; !consumer.closed; offer += 1) {
      try {
        await this.#room.request(receiver.id, 'consumer:created', setup, CONSUMER_ACK_TIMEOUT_MS);
        break;
      } catch (error) {
        if (offer === CONSUMER_OFFERS) throw error;
      }
    }
    if (consumer.closed) return;
    await consumer.resume();
    if (consumer.kind !== 'video') return;
    // A picture begins with a key frame. Asked by RTCP alone, Chromium ignores who asks within 300 ms of the last one, and mediasoup
    // asks again after a whole second: the sender is told as well.
    await receiver.recv.whenConnected();
    if (!consumer.closed && !producer.closed)
      this.#room.notify(sender.id, 'producer:keyframe', { producerId: producer.id });
  }
}

function notYours(what: string): DomainError<ErrorCode> {
  return new DomainError('NOT_FOUND', `expected a ${what} of yours, you have none of that id`);
}

/** What the engine cannot do now is told as such; what it refuses, as it says. */
async function available<T>(work: T | Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (DomainError.is(error)) throw error;
    throw new DomainError<ErrorCode>('MEDIA_UNAVAILABLE', 'the media worker cannot do it now', {
      cause: error,
    });
  }
}
