import { describe, expect, it } from '@jest/globals';
import { textParts } from './links.ts';

/** The texts of the links, as they stand in the message. */
const linksIn = (text: string): string[] =>
  textParts(text)
    .filter(({ href }) => href !== null)
    .map((part) => part.text);

describe('the parts of a message', () => {
  it.each([
    '',
    'hello',
    'see https://example.org/a?b=c#d, or http://localhost:3000/room!',
    'https://a.example https://b.example\nhttps://c.example',
    '<a href="https://example.org">x</a>',
    'http:// https://',
    '😀https://example.org😀',
  ])('are all of it: %j', (text) => {
    expect(
      textParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it('are text and links by turns', () => {
    expect(textParts('see https://example.org/a now')).toEqual([
      { text: 'see ', href: null },
      { text: 'https://example.org/a', href: 'https://example.org/a' },
      { text: ' now', href: null },
    ]);
  });

  it.each([
    ['(see https://example.org/a)', 'https://example.org/a'],
    [
      'https://en.wikipedia.org/wiki/Mesh_(disambiguation)',
      'https://en.wikipedia.org/wiki/Mesh_(disambiguation)',
    ],
    ['https://example.org/a.', 'https://example.org/a'],
    ['https://example.org/a?!…', 'https://example.org/a'],
    ['"https://example.org/a"', 'https://example.org/a'],
    ['<https://example.org/a>', 'https://example.org/a'],
    ['<a href="https://example.org/a">click</a>', 'https://example.org/a'],
    ['https://example.org/a입니다', 'https://example.org/a'],
    ['https://example.org를 보세요', 'https://example.org'],
    ['https://한글.kr/길', 'https://한글.kr/길'],
    ['HTTPS://EXAMPLE.ORG', 'HTTPS://EXAMPLE.ORG'],
  ])('%s has the link %s', (text, link) => {
    expect(linksIn(text)).toEqual([link]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'ftp://example.org',
    'file:///etc/passwd',
    'xhttps://example.org',
    'https://',
    'https://bank.example@evil.example/',
    'https://user:secret@example.org',
    'www.example.org',
  ])('have no link in %j', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  it('are found in time in text that is made to be slow', () => {
    const text = `https://${'a.'.repeat(2000)}${')'.repeat(2000)} ${'https://'.repeat(500)}`;
    expect(
      textParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
