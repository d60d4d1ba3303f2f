import { randomUUID } from 'node:crypto';
import { DomainError, type Log } from '#kernel';
import { ERRORS, type ErrorCode, type Failure } from '#protocol';

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/** The one place where errors become what the wire says. What is not a refusal is a defect: it is logged, and told as an id only. */
export function toFailure(error: unknown, log: Log): Failure {
  if (DomainError.is(error) && isErrorCode(error.code)) {
    if (error.cause !== undefined) log.debug({ code: error.code, err: error }, 'a request was refused');
    return failure(error.code, error.message, error.details);
  }
  const incidentId = randomUUID();
  log.error({ incidentId, err: error }, 'a request failed');
  return failure('INTERNAL', `the server failed; its log says more under ${incidentId}`, { incidentId });
}

export function failure(
  code: ErrorCode,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): Failure {
  const { retryable } = ERRORS[code];
  return { ok: false, error: { code, message, retryable, ...(details === undefined ? {} : { details }) } };
}
