import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { DisconnectReason } from 'socket.io';
import { Log } from '#kernel';
import { NAMESPACE, type LeaveReason } from '#protocol';
import { guardRequest } from '../envelope/request-guard.ts';
import { LeaveRoom } from '../room/leave-room.ts';
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
  readonly #log: Log;

  constructor(outlet: SocketOutlet, leaveRoom: LeaveRoom, log: Log) {
    this.#outlet = outlet;
    this.#leaveRoom = leaveRoom;
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
    if (seat === undefined) return;
    const reason = REASONS[cause] ?? 'connection-lost';
    try {
      await this.#leaveRoom.execute(seat, reason);
    } catch (error) {
      this.#log.error({ ...seat, err: error }, 'a lost session could not leave its room');
    }
  }
}
