import { DomainError } from '#kernel';
import type { ErrorCode } from '#protocol';

/** What the engine cannot do now is told as such; what it refuses, as it says. */
export async function available<T>(work: T | Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (DomainError.is(error)) throw error;
    throw new DomainError<ErrorCode>('MEDIA_UNAVAILABLE', 'the media worker cannot do it now', {
      cause: error,
    });
  }
}
