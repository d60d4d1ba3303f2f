import { describe, expect, it } from '@jest/globals';
import { screenProblem } from './screen-share.ts';

describe('screenProblem', () => {
  it('is none where the person has closed the picker', () => {
    expect(screenProblem(new DOMException('Permission denied', 'NotAllowedError'))).toBeNull();
  });

  it('tells what keeps a share from beginning', () => {
    expect(screenProblem(new DOMException('Permission denied by system', 'NotAllowedError'))).toBe(
      'denied-by-system',
    );
    expect(screenProblem(new DOMException('Could not start', 'NotReadableError'))).toBe('failed');
    expect(screenProblem(undefined)).toBe('failed');
  });
});
