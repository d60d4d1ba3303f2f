import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readName } from './name.ts';
import { roomLink, roomPath, routeOf } from './room-url.ts';

const ORIGIN = 'https://calls.example.org';

/** Through a real URL, which normalizes what a browser's address bar would. */
const open = (path: string) => routeOf(new URL(path, ORIGIN));

const anyName = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 64 })
  .map(readName)
  .filter((reading) => reading.ok)
  .map(({ name }) => name);

describe('roomPath and routeOf', () => {
  it.each([
    'daily',
    'two words',
    '회의실',
    'Zürich 🚂',
    'a+b',
    'a&b=c',
    '50%',
    '%2e%2e',
    'what?',
    '#1',
    'a\\b',
    'C:',
    '~ops',
    'admin2',
    'index.html',
  ])('opens %j by its path', (room) => {
    expect(roomPath(room)).not.toContain('?room=');
    expect(open(roomPath(room))).toEqual({ page: 'room', room });
  });

  it.each([
    'admin',
    'Admin',
    'assets',
    'healthz',
    'metrics',
    'socket.io',
    'favicon.svg',
    'favicon.ico',
    'robots.txt',
    '.',
    '..',
    '.git',
    'a/b',
    '/',
    '//evil.example',
  ])('opens %j by the query: a path cannot carry it', (room) => {
    expect(roomPath(room)).toMatch(/^\/\?room=/);
    expect(open(roomPath(room))).toEqual({ page: 'room', room });
  });

  it('leads back to every name there can be', () => {
    fc.assert(
      fc.property(anyName, (room) => {
        expect(open(roomPath(room))).toEqual({ page: 'room', room });
        expect(new URL(roomLink(room, ORIGIN)).origin).toBe(ORIGIN);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('routeOf', () => {
  it.each(['/', '/?room=', '/?room=%20', '/?name=Ann'])('shows the landing page at %s', (path) => {
    expect(open(path)).toEqual({ page: 'landing' });
  });

  it('ignores a slash at the end', () => {
    expect(open('/daily/')).toEqual({ page: 'room', room: 'daily' });
  });

  it('takes the name from the path where there are two', () => {
    expect(open('/daily?room=weekly')).toEqual({ page: 'room', room: 'daily' });
  });

  it('trims and normalizes, so that one name is one room', () => {
    expect(open('/%20Zu%CC%88rich%20')).toEqual({ page: 'room', room: 'Zürich' });
  });

  it.each([
    ['/%', 'malformed'],
    ['/%C3', 'malformed'],
    ['/a%00b', 'unprintable'],
    [`/${'a'.repeat(65)}`, 'too-long'],
    ['/%20', 'empty'],
  ])('refuses %s: %s', (path, problem) => {
    expect(open(path)).toEqual({ page: 'invalid-room', problem });
  });
});
