import { ConnectedSocket, MessageBody } from '@nestjs/websockets';
import type { RequestAnswer, RequestPayload } from '#protocol';
import { OnRequest, RequestGateway } from '../envelope/request-gateway.ts';
import type { ConferenceSocket } from '../session/conference-socket.ts';
import { RoomMedia } from '../session/room-media.ts';
import { SocketOutlet } from '../session/socket-outlet.ts';

/** `link:*`: what the two ends of a mesh link say to each other, and what one end finds its links to cost. */
@RequestGateway()
export class LinkGateway {
  readonly #outlet: SocketOutlet;
  readonly #media: RoomMedia;

  constructor(outlet: SocketOutlet, media: RoomMedia) {
    this.#outlet = outlet;
    this.#media = media;
  }

  @OnRequest('link:signal')
  async signal(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { to, epoch, signal }: RequestPayload<'link:signal'>,
  ): Promise<RequestAnswer<'link:signal'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, from) =>
      topology.relay(from, to, epoch, signal),
    );
    return {};
  }

  @OnRequest('link:report')
  async report(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { epoch, ...conditions }: RequestPayload<'link:report'>,
  ): Promise<RequestAnswer<'link:report'>> {
    await this.#media.run(this.#outlet.seatOf(socket), (topology, sender) =>
      topology.linksReported(sender, epoch, conditions),
    );
    return {};
  }
}
