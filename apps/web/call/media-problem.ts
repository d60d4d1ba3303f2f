import type { CallError, CallSnapshot } from '#client';

/**
 * What keeps the media server from reaching somebody who is in the call. While the call is direct, it keeps nobody from anything.
 */
export function mediaProblem({
  state,
  topology,
  error,
}: Pick<CallSnapshot, 'state' | 'topology' | 'error'>): CallError | null {
  return state === 'joined' && topology === 'sfu' ? error : null;
}
