import { Emitter, type Clock, type Timer } from '#kernel';
import { MAX_LISTED_ROOMS, type PublicRoom, type PublicRooms } from '#protocol';
import type { RoomDirectory } from './room-directory.ts';

/** However many come and go, watchers are told once in so long. */
const AT_MOST_EVERY_MS = 1000;

/**
 * The rooms that their hosts want to be found, kept up to date for as long as somebody watches. All watchers are shown the same list at
 * the same time, so that none of them misses a change.
 */
export class PublicRoomList {
  readonly #rooms: RoomDirectory;
  readonly #clock: Clock;
  readonly #events = new Emitter<{ changed: PublicRooms }>();
  #watchers = 0;
  #shown: PublicRooms = { rooms: [], total: 0 };
  #lastTold = Number.NEGATIVE_INFINITY;
  #telling: Timer | undefined;

  constructor(rooms: RoomDirectory, clock: Clock) {
    this.#rooms = rooms;
    this.#clock = clock;
    rooms.events.on('resized', () => this.#look());
    rooms.events.on('closed', () => this.#look());
  }

  /** What every watcher has been shown. */
  get shown(): PublicRooms {
    return this.#shown;
  }

  /** Calls back with each list that follows on {@link PublicRoomList.shown}, until what is returned is called. */
  watch(listener: (rooms: PublicRooms) => void): () => void {
    if (this.#watchers === 0) this.#shown = publicRooms(this.#rooms);
    this.#watchers += 1;
    const off = this.#events.on('changed', listener);
    let watches = true;
    return () => {
      if (!watches) return;
      watches = false;
      off();
      this.#watchers -= 1;
      if (this.#watchers > 0) return;
      this.#telling?.cancel();
      this.#telling = undefined;
    };
  }

  #look(): void {
    if (this.#watchers === 0 || this.#telling !== undefined) return;
    const waitMs = Math.max(0, this.#lastTold + AT_MOST_EVERY_MS - this.#clock.now());
    this.#telling = this.#clock.after(waitMs, () => this.#tell());
  }

  #tell(): void {
    this.#telling = undefined;
    const now = publicRooms(this.#rooms);
    if (isSame(now, this.#shown)) return;
    this.#shown = now;
    this.#lastTold = this.#clock.now();
    this.#events.emit('changed', now);
  }
}

function publicRooms({ rooms }: RoomDirectory): PublicRooms {
  const found: PublicRoom[] = [];
  for (const { name, size, visibility, settings } of rooms) {
    if (visibility !== 'public' || size === 0) continue;
    found.push({ name, participants: size, maxParticipants: settings.maxParticipants });
  }
  found.sort((one, other) => other.participants - one.participants || (one.name < other.name ? -1 : 1));
  return { rooms: found.slice(0, MAX_LISTED_ROOMS), total: found.length };
}

function isSame(one: PublicRooms, other: PublicRooms): boolean {
  return (
    one.total === other.total &&
    one.rooms.length === other.rooms.length &&
    one.rooms.every((room, index) => {
      const counterpart = other.rooms[index];
      return room.name === counterpart?.name && room.participants === counterpart.participants;
    })
  );
}
