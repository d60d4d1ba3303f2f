import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { DisconnectReason } from 'socket.io';
import { Log } from '#kernel';
import { NAMESPACE, type LeaveReason } from '#protocol';
import { guardRequest } from '../envelope/request-guard.ts';
import { WatchRooms } from '../lobby/watch-rooms.ts';
import { LeaveRoom } from '../room/leave-room.ts';
import { PreviewRoom } from '../room/preview-room.ts';
import type { ConferenceServer, ConferenceSocket } from './conference-socket.ts';
import { SocketOutlet } from './socket-outlet.ts';

/** Whoever the server disconnects while it sits in a room was thrown out by an operator: the server's own ways leave the room first. */
const REASONS: Readonly<Partial<Record<DisconnectReason, LeaveReason>>> = {
  'client namespace disconnect': 'left',
  'server namespace disconnect': 'removed-by-operator',
  'forced server close': 'removed-by-operator',
  'server shutting down': 'server-stopping',
};

/** Sessions come and go here; what they ask is handled by the other gateways of the namespace. */
@WebSocketGateway({ namespace: NAMESPACE })
export class SessionGateway
  implements OnGatewayInit<ConferenceServer>, OnGatewayConnection<ConferenceSocket>
{
  readonly #outlet: SocketOutlet;
  readonly #leaveRoom: LeaveRoom;
  readonly #previewRoom: PreviewRoom;
  readonly #watchRooms: WatchRooms;
  readonly #log: Log;

  constructor(
    outlet: SocketOutlet,
    leaveRoom: LeaveRoom,
    previewRoom: PreviewRoom,
    watchRooms: WatchRooms,
    log: Log,
  ) {
    this.#outlet = outlet;
    this.#leaveRoom = leaveRoom;
    this.#previewRoom = previewRoom;
    this.#watchRooms = watchRooms;
    this.#log = log;
  }

  afterInit(server: ConferenceServer): void {
    this.#outlet.serve(server);
  }

  handleConnection(socket: ConferenceSocket): void {
    socket.use(guardRequest);
    socket.once('disconnect', (reason) => void this.#ended(socket, reason));
  }

  async #ended(socket: ConferenceSocket, cause: DisconnectReason): Promise<void> {
    const seat = this.#outlet.findSeat(socket);
    this.#watchRooms.ended(socket.id);
    try {
      await this.#previewRoom.ended(socket.id);
      if (seat !== undefined) await this.#leaveRoom.execute(seat, REASONS[cause] ?? 'connection-lost');
    } catch (error) {
      this.#log.error({ ...seat, err: error }, 'a lost session could not leave its room');
    }
  }
}
