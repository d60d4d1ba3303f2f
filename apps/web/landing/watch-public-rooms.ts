import { watchRooms } from '#client';
import type { PublicRooms } from '#protocol';

/** Null while the server is not reached. Call what is returned when nobody looks any more. */
export function watchPublicRooms(onRooms: (rooms: PublicRooms | null) => void): () => void {
  return watchRooms({ onRooms });
}
