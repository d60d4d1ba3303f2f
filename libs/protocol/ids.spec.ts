import { describe, expect, it } from '@jest/globals';
import { epochSchema, participantIdSchema, seqSchema } from './ids.ts';

describe('an id', () => {
  it.each(['a', 'A-Z_09', 'x'.repeat(64), '2d42aa0e-412c-4cc9-90e9-9c0466732725'])('may be %s', (id) => {
    expect(participantIdSchema.parse(id)).toBe(id);
  });

  it.each(['', 'x'.repeat(65), 'a b', 'a.b', 'ä', '../a', 'a\n', '\na', 'a\u0000', 7, null, ['a']])(
    'is not %j',
    (id) => {
      expect(participantIdSchema.safeParse(id).success).toBe(false);
    },
  );
});

describe('the number of an epoch', () => {
  it.each([1, 2, Number.MAX_SAFE_INTEGER])('may be %d', (epoch) => {
    expect(epochSchema.parse(epoch)).toBe(epoch);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null])('is not %j', (epoch) => {
    expect(epochSchema.safeParse(epoch).success).toBe(false);
  });
});

describe('the number of a notification', () => {
  it('begins with 0', () => {
    expect(seqSchema.parse(0)).toBe(0);
    expect(seqSchema.safeParse(-1).success).toBe(false);
  });
});
