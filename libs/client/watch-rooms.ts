import type { PublicRooms } from '#protocol';
import { CallError } from './call-error.ts';
import { SignalingClient } from './signaling-client.ts';

export interface RoomsWatchOptions {
  /** Where the server is, for example `https://calls.example.org`. The page's own origin if not given. */
  readonly serverUrl?: string;
  /** Is called with the public rooms at first and after each change; with null when the server is not reached, which is tried again. */
  readonly onRooms: (rooms: PublicRooms | null) => void;
}

/** Watches which rooms are public, over a session of its own, until what is returned is called. */
export function watchRooms({ serverUrl, onRooms }: RoomsWatchOptions): () => void {
  const signaling = new SignalingClient(serverUrl ?? window.location.origin);
  let watches = true;
  const show = (rooms: PublicRooms | null): void => {
    if (watches) onRooms(rooms);
  };
  const ask = async (): Promise<void> => {
    // A change may overtake the answer, which is older.
    signaling.hold();
    try {
      show(await signaling.request('rooms:watch', {}));
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      show(null);
    } finally {
      signaling.release(0);
    }
  };
  signaling.connection.on('connected', () => void ask());
  signaling.connection.on('unreachable', () => show(null));
  signaling.connection.on('disconnected', () => show(null));
  signaling.notifications.on('rooms:changed', show);
  signaling.connect();
  return () => {
    watches = false;
    signaling.close();
  };
}
