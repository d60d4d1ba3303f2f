import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displayNameSchema, MAX_NAME_CHARACTERS as PROTOCOL_MAX, roomNameSchema } from '#protocol';
import { MAX_NAME_CHARACTERS, readName, salvageName } from './name.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 80 });

describe('readName', () => {
  it('has the limit of the protocol', () => {
    expect(MAX_NAME_CHARACTERS).toBe(PROTOCOL_MAX);
  });

  it('takes and refuses what the server takes and refuses, and reads the same name', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const ours = readName(text);
        const theirs = roomNameSchema.safeParse(text);
        expect(ours.ok ? ours.name : null).toBe(theirs.success ? theirs.data : null);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['', 'empty'],
    [' \t\n', 'empty'],
    ['a'.repeat(65), 'too-long'],
    ['👩‍👩‍👧'.repeat(20), 'too-long'],
    ['a\u0000b', 'unprintable'],
    ['a\u202Eb', 'unprintable'],
    ['\uD800', 'unprintable'],
  ])('says what is wrong with %j: %s', (text, problem) => {
    expect(readName(text)).toEqual({ ok: false, problem });
  });

  it('counts characters, not units of UTF-16', () => {
    expect(readName('🚂'.repeat(64))).toEqual({ ok: true, name: '🚂'.repeat(64) });
  });

  it('reads composed and decomposed letters as the same name', () => {
    expect(readName(' Zu\u0308rich ')).toEqual({ ok: true, name: 'Zürich' });
  });
});

describe('salvageName', () => {
  it('gives nothing, or a name that the server takes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = salvageName(text) ?? 'nothing';
        expect(displayNameSchema.safeParse(name)).toEqual({ success: true, data: name });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps a good name as it is', () => {
    expect(salvageName('김민수')).toBe('김민수');
  });

  it('leaves out what cannot be seen and cuts what is too long', () => {
    expect(salvageName(`A\u0007${'n'.repeat(100)}`)).toBe(`A${'n'.repeat(63)}`);
    expect(salvageName('\u0000')).toBeNull();
  });
});
