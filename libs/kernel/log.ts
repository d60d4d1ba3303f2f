export type LogFields = Readonly<Record<string, unknown>>;

/** Where lifecycle steps are written. Ids are fields, the message is a constant sentence. */
export abstract class Log {
  /** For whoever looks into one room. */
  abstract debug(fields: LogFields, message: string): void;
  /** One line per lifecycle step. */
  abstract info(fields: LogFields, message: string): void;
  /** Something went wrong and was dealt with. */
  abstract warn(fields: LogFields, message: string): void;
  /** Somebody has to look. */
  abstract error(fields: LogFields, message: string): void;
}

/** A log that nobody reads. */
export class SilentLog extends Log {
  override debug(): void {}
  override info(): void {}
  override warn(): void {}
  override error(): void {}
}
