import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own words, in our log. Its start-up lines tell operators nothing, so they are for `debug`. */
export class NestLog implements LoggerService {
  readonly #pino: Logger;

  constructor(logger: Logger) {
    this.#pino = logger;
  }

  log(message: unknown, ...context: unknown[]): void {
    this.#pino.debug({ context: context.at(-1) }, String(message));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.#pino.warn({ context: context.at(-1) }, String(message));
  }

  error(message: unknown, ...context: unknown[]): void {
    this.#pino.error(
      { context: context.at(-1), err: message },
      message instanceof Error ? message.message : String(message),
    );
  }

  debug(message: unknown, ...context: unknown[]): void {
    this.log(message, ...context);
  }
}
