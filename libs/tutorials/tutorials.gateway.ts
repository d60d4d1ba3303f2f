import type { BeforeApplicationShutdown } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import { Clock, Log } from '#kernel';
import { TutorialLimits } from './tutorial-limits.ts';
import { Tutorials } from './tutorials.ts';
import type { RoomCounts } from './vocabulary.ts';

/** The default namespace, which nobody but the clients of the tutorials uses. */
@WebSocketGateway()
export class TutorialsGateway
  implements OnGatewayInit<Server>, OnGatewayConnection<Socket>, BeforeApplicationShutdown
{
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #limits: TutorialLimits;
  #tutorials: Tutorials | undefined;

  constructor(clock: Clock, log: Log, limits: TutorialLimits) {
    this.#clock = clock;
    this.#log = log;
    this.#limits = limits;
  }

  afterInit(server: Server): void {
    this.#tutorials = new Tutorials(server.of('/'), this.#clock, this.#log, this.#limits);
    this.#log.info(
      {},
      'clients of the WebRTC tutorials are served on the default namespace: TUTORIALS=false turns that off',
    );
  }

  handleConnection(socket: Socket): void {
    this.#tutorials?.connected(socket);
  }

  /** What is open now, in all vocabularies. */
  counts(): RoomCounts {
    return this.#tutorials?.counts() ?? { rooms: 0, participants: 0 };
  }

  beforeApplicationShutdown(): void {
    this.#tutorials?.close();
  }
}
