import { ConnectedSocket, MessageBody } from '@nestjs/websockets';
import type { RequestAnswer, RequestPayload } from '#protocol';
import { OnRequest, RequestGateway } from '../envelope/request-gateway.ts';
import { WatchRooms } from '../lobby/watch-rooms.ts';
import type { ConferenceSocket } from '../session/conference-socket.ts';
import { SocketOutlet } from '../session/socket-outlet.ts';
import { EndRoom } from './end-room.ts';
import { JoinRoom } from './join-room.ts';
import { LeaveRoom } from './leave-room.ts';
import { PreviewRoom } from './preview-room.ts';
import { UpdateParticipant } from './update-participant.ts';

/** `room:*` and `participant:*`. */
@RequestGateway()
export class RoomGateway {
  readonly #outlet: SocketOutlet;
  readonly #previewRoom: PreviewRoom;
  readonly #watchRooms: WatchRooms;
  readonly #joinRoom: JoinRoom;
  readonly #leaveRoom: LeaveRoom;
  readonly #endRoom: EndRoom;
  readonly #updateParticipant: UpdateParticipant;

  constructor(
    outlet: SocketOutlet,
    previewRoom: PreviewRoom,
    watchRooms: WatchRooms,
    joinRoom: JoinRoom,
    leaveRoom: LeaveRoom,
    endRoom: EndRoom,
    updateParticipant: UpdateParticipant,
  ) {
    this.#outlet = outlet;
    this.#previewRoom = previewRoom;
    this.#watchRooms = watchRooms;
    this.#joinRoom = joinRoom;
    this.#leaveRoom = leaveRoom;
    this.#endRoom = endRoom;
    this.#updateParticipant = updateParticipant;
  }

  @OnRequest('room:preview')
  async preview(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() { room }: RequestPayload<'room:preview'>,
  ): Promise<RequestAnswer<'room:preview'>> {
    this.#outlet.expectFree(socket);
    const seen = await this.#previewRoom.execute(socket.id, room);
    // Making the SFU ready takes a moment, in which one may have joined, or gone.
    if (!socket.connected || this.#outlet.findSeat(socket) !== undefined) {
      await this.#previewRoom.ended(socket.id);
    }
    return seen;
  }

  @OnRequest('room:join')
  async join(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() payload: RequestPayload<'room:join'>,
  ): Promise<RequestAnswer<'room:join'>> {
    const joined = await this.#outlet.joining(socket, () => this.#joinRoom.execute(socket.id, payload));
    this.#watchRooms.ended(socket.id);
    await this.#previewRoom.ended(socket.id);
    this.#outlet.showTopology(joined.participantId, joined.topology.live);
    return joined;
  }

  @OnRequest('room:leave')
  async leave(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() _nothing: RequestPayload<'room:leave'>,
  ): Promise<RequestAnswer<'room:leave'>> {
    await this.#leaveRoom.execute(this.#outlet.seatOf(socket), 'left');
    return {};
  }

  @OnRequest('room:end')
  async end(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() _nothing: RequestPayload<'room:end'>,
  ): Promise<RequestAnswer<'room:end'>> {
    await this.#endRoom.execute(this.#outlet.seatOf(socket));
    return {};
  }

  @OnRequest('participant:update')
  async update(
    @ConnectedSocket() socket: ConferenceSocket,
    @MessageBody() payload: RequestPayload<'participant:update'>,
  ): Promise<RequestAnswer<'participant:update'>> {
    const participant = await this.#updateParticipant.execute(this.#outlet.seatOf(socket), payload);
    return { participant };
  }
}
