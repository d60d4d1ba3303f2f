import { ConnectedSocket, MessageBody } from '@nestjs/websockets';
import type { MediaConsumer, MediaProducer } from '#media';
import type { ConsumerId, ProducerId, RequestAnswer, RequestPayload } from '#protocol';
import { OnRequest, RequestGateway } from '../envelope/request-gateway.ts';
import type { ConferenceSocket } from '../session/conference-socket.ts';
import { RoomMedia } from '../session/room-media.ts';
import { SocketOutlet } from '../session/socket-outlet.ts';

/** `transport:*`, `producer:*` and `consumer:*`: the participant's half of the SFU. */
@RequestGateway()
export class SfuGateway {
  readonly #outlet: SocketOutlet;
  readonly #media: RoomMedia;

  constructor(outlet: SocketOutlet, media: RoomMedia) {
    this.#outlet = outlet;
    this.#media = media;
  }

  @OnRequest('transport:connect')
  async connect(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { transportId, dtlsParameters }: RequestPayload<'transport:connect'>,
  ): Promise<RequestAnswer<'transport:connect'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, id) =>
      topology.sfuOf(id, transportId).connect(id, transportId, dtlsParameters),
    );
    return {};
  }

  @OnRequest('transport:receive')
  async receive(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { transportId, rtpCapabilities }: RequestPayload<'transport:receive'>,
  ): Promise<RequestAnswer<'transport:receive'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, id) =>
      topology.sfuOf(id, transportId).receive(id, transportId, rtpCapabilities),
    );
    return {};
  }

  @OnRequest('transport:restart-ice')
  async restartIce(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { transportId }: RequestPayload<'transport:restart-ice'>,
  ): Promise<RequestAnswer<'transport:restart-ice'>> {
    const iceParameters = await this.#media.run(this.#outlet.seatOf(socket), (topology, id) =>
      topology.sfuOf(id, transportId).restartIce(id, transportId),
    );
    return { iceParameters };
  }

  @OnRequest('producer:create')
  async produce(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() payload: RequestPayload<'producer:create'>,
  ): Promise<RequestAnswer<'producer:create'>> {
    const producerId = await this.#media.run(this.#outlet.seatOf(socket), (topology, id) =>
      topology.sfuOf(id, payload.transportId).produce(id, payload),
    );
    return { producerId };
  }

  @OnRequest('producer:pause')
  pauseProducer(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { producerId }: RequestPayload<'producer:pause'>,
  ): Promise<RequestAnswer<'producer:pause'>> {
    return this.#withProducer(socket, producerId, (producer) => producer.pause());
  }

  @OnRequest('producer:resume')
  resumeProducer(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { producerId }: RequestPayload<'producer:resume'>,
  ): Promise<RequestAnswer<'producer:resume'>> {
    return this.#withProducer(socket, producerId, (producer) => producer.resume());
  }

  @OnRequest('producer:close')
  closeProducer(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { producerId }: RequestPayload<'producer:close'>,
  ): Promise<RequestAnswer<'producer:close'>> {
    return this.#withProducer(socket, producerId, (producer) => producer.close());
  }

  @OnRequest('consumer:pause')
  async pauseConsumer(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { consumerId }: RequestPayload<'consumer:pause'>,
  ): Promise<RequestAnswer<'consumer:pause'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, id) =>
      topology.sfuOf(id, consumerId).pauseConsumer(id, consumerId),
    );
    return {};
  }

  @OnRequest('consumer:resume')
  async resumeConsumer(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { consumerId }: RequestPayload<'consumer:resume'>,
  ): Promise<RequestAnswer<'consumer:resume'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, id) =>
      topology.sfuOf(id, consumerId).resumeConsumer(id, consumerId),
    );
    return {};
  }

  @OnRequest('consumer:prefer')
  async prefer(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() request: RequestPayload<'consumer:prefer'>,
  ): Promise<RequestAnswer<'consumer:prefer'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, id) =>
      topology.sfuOf(id, request.consumerId).prefer(id, request),
    );
    return {};
  }

  @OnRequest('consumer:keyframe')
  keyFrame(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { consumerId }: RequestPayload<'consumer:keyframe'>,
  ): Promise<RequestAnswer<'consumer:keyframe'>> {
    return this.#withConsumer(socket, consumerId, (consumer) => consumer.requestKeyFrame());
  }

  async #withProducer(
    socket: ConferenceSocket,
    producerId: ProducerId,
    task: (producer: MediaProducer) => void | Promise<void>,
  ): Promise<Record<string, never>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, id) =>
      topology.sfuOf(id, producerId).withProducer(id, producerId, task),
    );
    return {};
  }

  async #withConsumer(
    socket: ConferenceSocket,
    consumerId: ConsumerId,
    task: (consumer: MediaConsumer) => void | Promise<void>,
  ): Promise<Record<string, never>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, id) =>
      topology.sfuOf(id, consumerId).withConsumer(id, consumerId, task),
    );
    return {};
  }
}
