import { Module, type DynamicModule } from '@nestjs/common';
import type { ServerOptions } from 'socket.io';
import { Clock, Log, SystemClock } from '#kernel';
import { TutorialLimits } from './tutorial-limits.ts';
import { TutorialsGateway } from './tutorials.gateway.ts';

export interface TutorialsOptions {
  readonly log: Log;
  /** In one chat room, or one room of the Zoom clone. */
  readonly maxParticipants: number;
}

/** Serves the clients of three WebRTC tutorials, unchanged. See `docs/tutorials.md`. */
@Module({})
export class TutorialsModule {
  static forRoot({ log, maxParticipants }: TutorialsOptions): DynamicModule {
    return {
      module: TutorialsModule,
      providers: [
        { provide: Log, useValue: log },
        { provide: Clock, useClass: SystemClock },
        { provide: TutorialLimits, useValue: new TutorialLimits(maxParticipants) },
        TutorialsGateway,
      ],
      exports: [TutorialsGateway],
    };
  }
}

/** What these clients expect of the Socket.IO server. */
export const TUTORIALS_SERVER_OPTIONS: Partial<ServerOptions> = {
  // `/socket.io/socket.io.js`, for their script tag.
  serveClient: true,
  // Some bring a client of Socket.IO 2 along.
  allowEIO3: true,
  // A reader's page comes from a server of its own, on this machine.
  cors: { origin: /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/ },
};
