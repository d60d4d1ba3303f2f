import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { MAX_FRAME_BYTES } from '#protocol';

export interface ConferenceIoAdapterOptions {
  /** Called with the server before anybody can connect, for example to instrument it. */
  readonly onServer?: (server: Server) => void;
  /** What others who share the Socket.IO server expect of it. */
  readonly serverOptions?: Partial<ServerOptions>;
}

/** Socket.IO as Switchyard wants it. */
export class ConferenceIoAdapter extends IoAdapter {
  readonly #options: ConferenceIoAdapterOptions;

  constructor(app: INestApplicationContext, options: ConferenceIoAdapterOptions = {}) {
    super(app);
    this.#options = options;
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const ours: Partial<ServerOptions> = {
      serveClient: false,
      maxHttpBufferSize: MAX_FRAME_BYTES,
      // Signaling messages are short or rare: compression would cost memory per connection and win nothing.
      perMessageDeflate: false,
    };
    const server: Server = super.createIOServer(port, {
      ...options,
      ...ours,
      ...this.#options.serverOptions,
    } as ServerOptions);
    this.#options.onServer?.(server);
    return server;
  }
}
