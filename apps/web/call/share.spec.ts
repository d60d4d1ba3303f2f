import { describe, expect, it } from '@jest/globals';
import { leadsNowhereElse } from './share.ts';

describe('a link', () => {
  it.each([
    'http://localhost:3000/x',
    'https://calls.localhost/x',
    'http://127.0.0.1/x',
    'http://[::1]:3000/x',
  ])('is of use on this machine alone: %s', (url) => expect(leadsNowhereElse(url)).toBe(true));

  it.each(['https://192.168.1.5:3000/x', 'https://localhost.example.org/x', 'https://example.org/localhost'])(
    'leads here from elsewhere, too: %s',
    (url) => expect(leadsNowhereElse(url)).toBe(false),
  );
});
