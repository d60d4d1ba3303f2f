import { describe, expect, it } from '@jest/globals';
import { CallError } from '#client';
import { mediaProblem } from './media-problem.ts';

const error = new CallError('MEDIA_UNAVAILABLE', 'the media server does not reach you', true);

describe('mediaProblem', () => {
  it('is told to whoever is in a call that runs over the server', () => {
    expect(mediaProblem({ state: 'joined', topology: 'sfu', error })).toBe(error);
    expect(mediaProblem({ state: 'joined', topology: 'sfu', error: null })).toBeNull();
  });

  it('is none in a call that is direct', () => {
    expect(mediaProblem({ state: 'joined', topology: 'mesh', error })).toBeNull();
  });

  it('leaves a lost connection and a failed call to what speaks of those', () => {
    expect(mediaProblem({ state: 'reconnecting', topology: 'sfu', error })).toBeNull();
    expect(mediaProblem({ state: 'failed', topology: 'sfu', error })).toBeNull();
  });
});
