import { ConnectedSocket, MessageBody } from '@nestjs/websockets';
import type { RequestAnswer, RequestPayload } from '#protocol';
import { OnRequest, RequestGateway } from '../envelope/request-gateway.ts';
import type { ConferenceSocket } from '../session/conference-socket.ts';
import { SocketOutlet } from '../session/socket-outlet.ts';
import { WatchRooms } from './watch-rooms.ts';

/** `rooms:*`: for sessions that are in no room. */
@RequestGateway()
export class LobbyGateway {
  readonly #outlet: SocketOutlet;
  readonly #watchRooms: WatchRooms;

  constructor(outlet: SocketOutlet, watchRooms: WatchRooms) {
    this.#outlet = outlet;
    this.#watchRooms = watchRooms;
  }

  @OnRequest('rooms:watch')
  watch(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() _nothing: RequestPayload<'rooms:watch'>,
  ): RequestAnswer<'rooms:watch'> {
    this.#outlet.expectFree(socket);
    const rooms = this.#watchRooms.execute(socket.id, (changed) => socket.emit('rooms:changed', changed));
    // A request may be handled after its session has ended.
    if (!socket.connected) this.#watchRooms.ended(socket.id);
    return rooms;
  }
}
