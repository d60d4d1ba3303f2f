import type { INestApplicationContext, WsMessageHandler } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { defer, type Observable } from 'rxjs';
import type { Server, ServerOptions, Socket } from 'socket.io';
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

  /**
   * As Nest's own does, with a listener in the place of a chain of observables for each message of each gateway: those kept some
   * 100 kB for every connection, whether or not it ever said anything.
   */
  override bindMessageHandlers(
    socket: Socket,
    handlers: readonly WsMessageHandler[],
    transform: (data: unknown) => Observable<unknown>,
  ): void {
    for (const { message, callback, isAckHandledManually } of handlers) {
      socket.on(message, (...args: readonly unknown[]) => {
        const last = args.at(-1);
        const ack = isAck(last) ? last : undefined;
        const sent = ack === undefined ? args : args.slice(0, -1);
        const data: unknown = sent.length > 1 ? sent : sent[0];
        defer(() => transform(callback(data, ack))).subscribe({
          next: (response) => answer(socket, response, isAckHandledManually ? undefined : ack),
          error: (error: unknown) => this.logger.error(error),
        });
      });
    }
  }
}

type Ack = (answer: unknown) => void;

const isAck = (value: unknown): value is Ack => typeof value === 'function';

/** An event and its data are sent as such, and anything else goes to whoever waits for an answer. */
function answer(socket: Socket, response: unknown, ack: Ack | undefined): void {
  if (typeof response !== 'object' || response === null) {
    if (response !== undefined && response !== null) ack?.(response);
    return;
  }
  if ('event' in response && typeof response.event === 'string') {
    socket.emit(response.event, 'data' in response ? response.data : undefined);
    return;
  }
  ack?.(response);
}
