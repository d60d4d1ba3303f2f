import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Log } from '#kernel';
import type { Ack } from '#protocol';
import { toFailure } from './error-map.ts';

/** What a handler throws becomes `{ok: false, error}`. */
@Catch()
export class AckExceptionFilter implements ExceptionFilter {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    // Socket, payload, ack: the request guard lets nothing else through.
    const ack = host.getArgByIndex<(answer: Ack<never>) => void>(2);
    ack(toFailure(error, this.#log));
  }
}
