import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { AppConfig } from '#config';
import { Log, type LogFields } from '#kernel';

/** JSON lines for machines, and words in colour for a terminal. */
export function createPino(
  level: AppConfig['logLevel'],
  output: NodeJS.WriteStream = process.stdout,
): Logger {
  if (!output.isTTY) return pino({ level }, output);
  return pino(
    { level },
    pretty({ destination: output, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  );
}

export class PinoLog extends Log {
  readonly #pino: Logger;

  constructor(logger: Logger) {
    super();
    this.#pino = logger;
  }

  override debug(fields: LogFields, message: string): void {
    this.#pino.debug(fields, message);
  }

  override info(fields: LogFields, message: string): void {
    this.#pino.info(fields, message);
  }

  override warn(fields: LogFields, message: string): void {
    this.#pino.warn(fields, message);
  }

  override error(fields: LogFields, message: string): void {
    this.#pino.error(fields, message);
  }
}
