import { describe, expect, it } from '@jest/globals';
import { deviceProblem } from './device-problem.ts';

const failure = (name: string, message = '') => new DOMException(message, name);

describe('deviceProblem', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'absent'],
    ['OverconstrainedError', 'absent'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'unknown'],
  ])('reads %s as %s', (name, problem) => {
    expect(deviceProblem(failure(name), true)).toBe(problem);
  });

  it('tells the system that refuses from the person', () => {
    expect(deviceProblem(failure('NotAllowedError', 'Permission denied by system'), true)).toBe(
      'denied-by-system',
    );
  });

  it('blames the address first: without HTTPS nothing else matters', () => {
    expect(deviceProblem(failure('SecurityError'), false)).toBe('insecure');
  });
});
