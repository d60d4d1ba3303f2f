import { describe, expect, it } from '@jest/globals';
import { MAX_CHAT_CHARACTERS, printableChatText } from './chat-text.ts';
import { chatTextSchema } from './chat.ts';

const refusal = (text: string): string | undefined =>
  chatTextSchema.safeParse(text).error?.issues[0]?.message;

describe('the text of a message', () => {
  it.each([
    'hello',
    'two\nlines',
    'a\tb',
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '안녕하세요 👨‍👩‍👧‍👦',
    'می‌خواهم',
    'עברית\u200f!',
    'soft\u00adhyphen',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '__proto__',
  ])('may be %j, and stays it', (text) => {
    expect(chatTextSchema.parse(text)).toBe(text);
  });

  it('is trimmed, in NFC, and has one kind of line break', () => {
    expect(chatTextSchema.parse('  u\u0308ber \n')).toBe('\u00fcber');
    expect(chatTextSchema.parse('a\r\nb\rc\u2028d\u2029e\u0085f')).toBe('a\nb\nc\nd\ne\nf');
  });

  it.each(['', ' ', '\n\n', '\u3000\t'])('is not empty: %j', (text) => {
    expect(refusal(text)).toMatch(/got an empty one/);
  });

  it('has at most 4000 code points, and the refusal names the limit', () => {
    expect(refusal('x'.repeat(MAX_CHAT_CHARACTERS))).toBeUndefined();
    expect(refusal('😀'.repeat(MAX_CHAT_CHARACTERS))).toBeUndefined();
    expect(refusal('😀'.repeat(MAX_CHAT_CHARACTERS + 1))).toBe(
      'expected a message of at most 4000 characters',
    );
    expect(refusal('x'.repeat(100_000))).toBe('expected a message of at most 4000 characters');
  });

  const unprintable = [
    ['a null', 'a\u0000b'],
    ['an escape', 'a\u001b[31mb'],
    ['a C1 control', 'a\u0090b'],
    ['a right-to-left override', 'photo\u202egnp.exe'],
    ['an embedding', 'a\u202bb'],
    ['an isolate', 'a\u2067b'],
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate', '\ude00a'],
  ] as const;

  it.each(unprintable)('does not contain %s', (_what, text) => {
    expect(refusal(text)).toMatch(/^expected a message without control characters/);
  });

  it.each(unprintable)('can stand once it is without %s', (_what, text) => {
    expect(refusal(printableChatText(text))).toBeUndefined();
  });

  it('is left with nothing when there was nothing else', () => {
    expect(printableChatText('\u202e \u0000 ')).toBe('');
  });
});
