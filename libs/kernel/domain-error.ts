export interface DomainErrorOptions {
  /** Machine-readable facts that help the caller, for example `{ maxParticipants: 16 }`. Never the caller's payload. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * A refusal that the caller is told about: a stable code, and a sentence that says what was expected and what came.
 * Anything else that is thrown is a defect, and reaches the caller only as an incident id.
 */
export class DomainError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: Code, message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.details = options.details;
  }

  static is(error: unknown): error is DomainError {
    return error instanceof DomainError;
  }
}
