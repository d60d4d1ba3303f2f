import { describe, expect, it } from '@jest/globals';
import { displayNameSchema, roomNameSchema } from './text.ts';

const FAMILY = '👨‍👩‍👧‍👦';
// Four people and three joiners; in UTF-16 it takes eleven units.
const FAMILY_POINTS = 7;

const schemas = [
  ['room name', roomNameSchema],
  ['display name', displayNameSchema],
] as const;

describe.each(schemas)('a %s', (_kind, schema) => {
  const accepts = (name: string): boolean => schema.safeParse(name).success;

  it.each([
    'a',
    'Team 7',
    'über-uns',
    'مرحبا',
    '会議室',
    FAMILY,
    '🏳️‍🌈',
    '👍🏽',
    'می‌خواهم',
    'a/b?c=d&e#f',
    '<script>',
    '__proto__',
    'constructor',
  ])('may be %j', (name) => {
    expect(schema.parse(name)).toBe(name.normalize('NFC'));
  });

  it('is normalized to NFC, so that two ways to type it are one', () => {
    expect(schema.parse('u\u0308ber')).toBe('\u00fcber');
    expect(schema.parse('u\u0308ber')).toBe(schema.parse('\u00fcber'));
  });

  it('is trimmed', () => {
    expect(schema.parse('  stand-up \u3000')).toBe('stand-up');
  });

  it.each(['', ' ', '\t\n', '\u00a0'])('is not empty: %j', (name) => {
    expect(accepts(name)).toBe(false);
  });

  it('has at most 64 code points, however many UTF-16 units those are', () => {
    expect(accepts('x'.repeat(64))).toBe(true);
    expect(accepts('x'.repeat(65))).toBe(false);
    expect(accepts('😀'.repeat(64))).toBe(true);
    expect(accepts('😀'.repeat(65))).toBe(false);
    const families = Math.floor(64 / FAMILY_POINTS);
    expect(accepts(FAMILY.repeat(families))).toBe(true);
    expect(accepts(FAMILY.repeat(families + 1))).toBe(false);
  });

  it('is counted after NFC and trimming', () => {
    expect(accepts('u\u0308'.repeat(64))).toBe(true);
    expect(accepts(` ${'x'.repeat(64)} `)).toBe(true);
    // One code point that NFC takes apart into two.
    expect(accepts('\u0958'.repeat(33))).toBe(false);
  });

  it.each([
    ['a null', 'a\u0000b'],
    ['an escape', 'a\u001b[31mb'],
    ['a line break', 'a\nb'],
    ['a C1 control', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['a right-to-left override', 'a\u202eb'],
    ['a right-to-left isolate', 'a\u2067b'],
    ['a right-to-left mark', 'a\u200fb'],
    ['a zero-width space', 'a\u200bb'],
    ['a soft hyphen', 'a\u00adb'],
    ['a byte order mark inside', 'a\ufeffb'],
    ['a tag character', 'a\u{e0041}b'],
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate', '\ude00a'],
    ['an unassigned code point', 'a\u0378'],
  ])('does not contain %s', (_what, name) => {
    expect(accepts(name)).toBe(false);
  });

  it.each([0, null, undefined, true, {}, ['a'], new String('a')])('is a string, not %j', (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});
