import type { ErrorCode, ProtocolError } from '#protocol';

/** What the server refuses with, and what happens before a server can refuse. */
export type CallErrorCode =
  | ErrorCode
  | 'UNSUPPORTED_BROWSER'
  | 'SERVER_UNREACHABLE'
  | 'TIMEOUT'
  | 'CALL_ENDED';

/** Why something could not be done: a stable code, and a sentence for people. */
export class CallError extends Error {
  readonly code: CallErrorCode;
  /** Whether trying again later makes sense. */
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: CallErrorCode,
    message: string,
    retryable: boolean,
    details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'CallError';
    this.code = code;
    this.retryable = retryable;
    this.details = details;
  }

  static from({ code, message, retryable, details }: ProtocolError): CallError {
    return new CallError(code, message, retryable, details);
  }
}
