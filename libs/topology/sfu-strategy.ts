import { DomainError, Emitter, type Clock } from '#kernel';
import type { MediaConsumer, MediaProducer, MediaRouter, MediaTransport } from '#media';
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
  type TransportId,
} from '#protocol';
import type { Participant, Room } from '#rooms';
import { available } from './available.ts';
import { LayerDemand } from './layer-demand.ts';
import { RoomCodec } from './room-codec.ts';
import { SfuOffers } from './sfu-offers.ts';
import { SfuSeat, type ReceivedTrack, type SentTrack } from './sfu-seat.ts';
import type { TopologyContext } from './topology-context.ts';
import { TopologyStrategy } from './topology-strategy.ts';

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
  readonly #clock: Clock;
  readonly #codec: RoomCodec;
  readonly #offers: SfuOffers;
  readonly #seats = new Map<ParticipantId, SfuSeat>();
  readonly #spares: TransportPair[] = [];
  #epoch: Epoch | null = null;

  private constructor(router: MediaRouter, { room, clock, log, settings }: TopologyContext) {
    super();
    this.#room = room;
    this.#router = router;
    this.#clock = clock;
    this.#codec = new RoomCodec(room, settings.videoCodec);
    this.#offers = new SfuOffers(room, log, () => this.epoch);
    router.events.on('closed', (reason) => {
      this.#seats.clear();
      if (reason === 'worker-died') this.events.emit('lost', undefined);
    });
  }

  /** @throws DomainError `MEDIA_UNAVAILABLE` */
  static async open(context: TopologyContext): Promise<SfuStrategy> {
    return new SfuStrategy(await available(context.engine.createRouter()), context);
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
    for (const other of this.#seats.values()) this.#replaceUndecodable(other);
    return {
      sendTransport: seat.send.setup,
      recvTransport: seat.recv.setup,
      videoCodec: this.#codec.current,
    };
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
      if (other !== seat) for (const track of other.current) this.#offers.offer(seat, other, track);
    }
  }

  restartIce(id: ParticipantId, transportId: TransportId): Promise<IceParameters> {
    return available(this.#transport(id, transportId).restartIce());
  }

  /** @throws DomainError `INVALID_STATE` when the source is being sent already, or does not fit the kind or the transport */
  async produce(id: ParticipantId, request: RequestPayload<'producer:create'>): Promise<ProducerId> {
    const { transportId, source, kind, rtpParameters, paused, size = null, replaces } = request;
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
    const before = seat.current.find((track) => track.source === source);
    if (before?.producer.id !== replaces) {
      throw new DomainError<ErrorCode>(
        'INVALID_STATE',
        before === undefined
          ? `expected \`replaces\` to be the producer of your ${source}, you have none`
          : `${source} is being sent already, close its producer first or name it in \`replaces\``,
      );
    }
    const producer = await available(transport.produce({ kind, rtpParameters, paused }));
    const track: SentTrack = {
      producer,
      source,
      size,
      mimeType: rtpParameters.codecs[0]?.mimeType ?? '',
      demand: kind === 'video' ? this.#demandFor(id, producer) : null,
      superseded: false,
    };
    seat.addSent(track);
    if (before !== undefined) before.superseded = true;
    for (const other of this.#seats.values()) if (other !== seat) this.#offers.offer(other, seat, track);
    this.#replaceUndecodable(seat);
    return producer.id;
  }

  /** @throws DomainError `NOT_FOUND`, `MEDIA_UNAVAILABLE` */
  async withProducer(
    id: ParticipantId,
    producerId: ProducerId,
    task: (producer: MediaProducer) => void | Promise<void>,
  ): Promise<void> {
    const track = this.#seat(id).sent.get(producerId);
    if (track === undefined) throw notYours('producer');
    await available(task(track.producer));
  }

  /** @throws DomainError `NOT_FOUND`, `MEDIA_UNAVAILABLE` */
  async withConsumer(
    id: ParticipantId,
    consumerId: ConsumerId,
    task: (consumer: MediaConsumer) => void | Promise<void>,
  ): Promise<void> {
    await available(task(this.#received(id, consumerId).consumer));
  }

  /** @throws DomainError `NOT_FOUND`, `MEDIA_UNAVAILABLE` */
  async pauseConsumer(id: ParticipantId, consumerId: ConsumerId): Promise<void> {
    const received = this.#received(id, consumerId);
    received.paused = true;
    await available(received.consumer.pause());
    received.track.demand?.want(consumerId, null);
  }

  /** @throws DomainError `NOT_FOUND`, `MEDIA_UNAVAILABLE` */
  async resumeConsumer(id: ParticipantId, consumerId: ConsumerId): Promise<void> {
    const seat = this.#seat(id);
    const received = this.#received(id, consumerId);
    received.paused = false;
    // First of all: the sender may have to start an encoder for it.
    received.track.demand?.want(consumerId, received.highest);
    await available(received.consumer.resume());
    this.#offers.askForKeyFrame(seat, received);
  }

  /** @throws DomainError `NOT_FOUND`, `MEDIA_UNAVAILABLE` */
  async prefer(id: ParticipantId, request: RequestPayload<'consumer:prefer'>): Promise<void> {
    const { consumerId, spatialLayer, temporalLayer, priority } = request;
    const received = this.#received(id, consumerId);
    received.highest = spatialLayer;
    if (!received.paused) received.track.demand?.want(consumerId, spatialLayer);
    const { consumer } = received;
    await available(consumer.setPreferredLayers({ spatialLayer, temporalLayer }));
    if (priority !== undefined) await available(consumer.setPriority(priority));
  }

  #demandFor(sender: ParticipantId, { id: producerId, spatialLayers }: MediaProducer): LayerDemand {
    return new LayerDemand(this.#clock, spatialLayers, (highest) =>
      this.#room.notify(sender, 'producer:layers', { producerId, highest }),
    );
  }

  /** Somebody in the room may have come who cannot decode what the participant sends. */
  #replaceUndecodable(seat: SfuSeat): void {
    for (const { producer, mimeType } of seat.current) {
      const [, codec = ''] = /^video\/(.+)$/i.exec(mimeType) ?? [];
      if (producer.kind !== 'video' || this.#codec.reachesAll(codec.toUpperCase())) continue;
      const videoCodec = this.#codec.current;
      this.#room.notify(seat.id, 'producer:replace', { producerId: producer.id, videoCodec });
    }
  }

  #received(id: ParticipantId, consumerId: ConsumerId): ReceivedTrack {
    const received = this.#seat(id).received.get(consumerId);
    if (received === undefined) throw notYours('consumer');
    return received;
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
}

function notYours(what: string): DomainError<ErrorCode> {
  return new DomainError('NOT_FOUND', `expected a ${what} of yours, you have none of that id`);
}
