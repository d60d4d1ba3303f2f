import { ConnectedSocket, MessageBody } from '@nestjs/websockets';
import type { RequestAnswer, RequestPayload } from '#protocol';
import { OnRequest, RequestGateway } from '../envelope/request-gateway.ts';
import type { ConferenceSocket } from '../session/conference-socket.ts';
import { RoomMedia } from '../session/room-media.ts';
import { SocketOutlet } from '../session/socket-outlet.ts';

/** `path:*` and `handover:*`: how receivers get on with a handover, and what they saw of it. */
@RequestGateway()
export class TopologyGateway {
  readonly #outlet: SocketOutlet;
  readonly #media: RoomMedia;

  constructor(outlet: SocketOutlet, media: RoomMedia) {
    this.#outlet = outlet;
    this.#media = media;
  }

  @OnRequest('path:switched')
  async switched(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { epoch, participantId: sender }: RequestPayload<'path:switched'>,
  ): Promise<RequestAnswer<'path:switched'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, receiver) =>
      topology.switched(receiver, sender, epoch),
    );
    return {};
  }

  @OnRequest('path:failed')
  async failed(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { epoch, participantId: sender, reason }: RequestPayload<'path:failed'>,
  ): Promise<RequestAnswer<'path:failed'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, receiver) =>
      topology.failed(receiver, sender, epoch, reason),
    );
    return {};
  }

  @OnRequest('handover:report')
  async report(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() report: RequestPayload<'handover:report'>,
  ): Promise<RequestAnswer<'handover:report'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, receiver) =>
      topology.reported(receiver, report),
    );
    return {};
  }

  @OnRequest('handover:history')
  async history(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() _nothing: RequestPayload<'handover:history'>,
  ): Promise<RequestAnswer<'handover:history'>> {
    const handovers = await this.#media.run(this.#outlet.seatOf(socket), (topology) => [...topology.history]);
    return { handovers };
  }
}
