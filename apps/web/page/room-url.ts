import { readName, type NameProblem } from './name.ts';

/** `malformed`: the address itself is damaged. */
export type RoomNameProblem = NameProblem | 'malformed';

export type Route =
  | { readonly page: 'landing' }
  | { readonly page: 'room'; readonly room: string }
  | { readonly page: 'invalid-room'; readonly problem: RoomNameProblem };

/** Paths of one segment that the server answers otherwise, in whatever case they are written. */
const RESERVED = new Set([
  'admin',
  'assets',
  'healthz',
  'metrics',
  'socket.io',
  'favicon.ico',
  'favicon.svg',
  'robots.txt',
]);

/** Where a room is opened: `/NAME`, or `/?room=NAME` for the few names that a path cannot carry. */
export function roomPath(room: string): string {
  const encoded = encodeURIComponent(room);
  return fitsPath(room) ? `/${encoded}` : `/?room=${encoded}`;
}

/** The link to share. */
export function roomLink(room: string, origin: string): string {
  return origin + roomPath(room);
}

/** What the address asks for. The inverse of `roomPath`. */
export function routeOf({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Route {
  const path = pathname.replace(/^\/|\/$/g, '');
  const asked = path === '' ? new URLSearchParams(search).get('room') : decode(path);
  if (path === '' && (asked ?? '').trim() === '') return { page: 'landing' };
  if (asked === null) return { page: 'invalid-room', problem: 'malformed' };
  const reading = readName(asked);
  return reading.ok
    ? { page: 'room', room: reading.name }
    : { page: 'invalid-room', problem: reading.problem };
}

// Slashes end a path's segment, and some proxies decode them; a leading dot means a relative or a hidden path.
function fitsPath(room: string): boolean {
  return !room.startsWith('.') && !room.includes('/') && !RESERVED.has(room.toLowerCase());
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
