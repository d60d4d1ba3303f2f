import { describe, expect, it } from '@jest/globals';
import { DomainError, Log, SilentLog, type LogFields } from '#kernel';
import { ERRORS, errorSchema, type ErrorCode } from '#protocol';
import { toFailure } from './error-map.ts';

class KeptLog extends Log {
  readonly errors: LogFields[] = [];
  readonly debugs: LogFields[] = [];

  override info(): void {}
  override warn(): void {}

  override error(fields: LogFields): void {
    this.errors.push(fields);
  }

  override debug(fields: LogFields): void {
    this.debugs.push(fields);
  }
}

const codes = Object.keys(ERRORS) as ErrorCode[];

describe('the error map', () => {
  it.each(codes)('tells a refusal as it is, with what is documented of %s', (code) => {
    const log = new KeptLog();
    const failure = toFailure(new DomainError(code, 'expected this, got that', { details: { max: 3 } }), log);
    expect(failure).toEqual({
      ok: false,
      error: {
        code,
        message: 'expected this, got that',
        retryable: ERRORS[code].retryable,
        details: { max: 3 },
      },
    });
    expect(errorSchema.parse(failure.error)).toEqual(failure.error);
    expect(log.errors).toEqual([]);
  });

  it('has no details where there are none', () => {
    expect(toFailure(new DomainError('NOT_FOUND', 'gone'), new SilentLog()).error).toEqual({
      code: 'NOT_FOUND',
      message: 'gone',
      retryable: false,
    });
  });

  it('never tells the cause of a refusal, but logs it', () => {
    const log = new KeptLog();
    const cause = new Error('channel closed at /srv/worker');
    const failure = toFailure(new DomainError('MEDIA_UNAVAILABLE', 'not now', { cause }), log);
    expect(JSON.stringify(failure)).not.toContain('/srv/worker');
    expect(log.debugs).toEqual([{ code: 'MEDIA_UNAVAILABLE', err: expect.objectContaining({ cause }) }]);
  });

  it.each([
    ['an error', new TypeError('x is not a function at /srv/app/room.ts')],
    ['a refusal of an unknown code', new DomainError('MADE_UP', 'secret /srv')],
    ['a refusal whose code every object has', new DomainError('toString', 'secret /srv')],
    ['a string', 'secret /srv'],
    ['nothing', undefined],
  ])('tells %s as an id that the log has too, and nothing more', (_what, error) => {
    const log = new KeptLog();
    const failure = toFailure(error, log);
    expect(failure.error).toMatchObject({ code: 'INTERNAL', retryable: true });
    expect(JSON.stringify(failure)).not.toContain('/srv');
    const { incidentId } = failure.error.details ?? {};
    expect(incidentId).toMatch(/^[0-9a-f-]{36}$/);
    expect(log.errors).toEqual([{ incidentId, err: error }]);
  });
});
