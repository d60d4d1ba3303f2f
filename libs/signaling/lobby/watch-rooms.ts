import type { PublicRooms } from '#protocol';
import type { PublicRoomList } from '#rooms';

/** Somebody who is in no room sees which rooms are public, and how that changes. */
export class WatchRooms {
  readonly #list: PublicRoomList;
  readonly #watching = new Map<string, () => void>();

  constructor(list: PublicRoomList) {
    this.#list = list;
  }

  /** Whoever watches already is shown the list once more, and told of each change once. */
  execute(sessionId: string, tell: (rooms: PublicRooms) => void): PublicRooms {
    if (!this.#watching.has(sessionId)) this.#watching.set(sessionId, this.#list.watch(tell));
    return this.#list.shown;
  }

  /** It has joined a room, or gone. Nothing happens if it watched nothing. */
  ended(sessionId: string): void {
    this.#watching.get(sessionId)?.();
    this.#watching.delete(sessionId);
  }
}
