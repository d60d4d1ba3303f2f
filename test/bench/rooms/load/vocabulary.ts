import type { Wire, WireOptions } from './wire.ts';

/** Somebody in a room, and what the server said to the join. */
export interface Member {
  readonly wire: Wire;
  readonly answer: unknown;
}

/** How one of the server's clients makes a room. */
export interface Vocabulary {
  readonly name: string;
  readonly namespace: WireOptions['namespace'];
  readonly size: number;
  /** Resolves once the server has said that one is in: with what it said, if that is needed later. */
  join(wire: Wire, room: string, index: number): Promise<unknown>;
  /** What has to be done after everyone has joined, until the room is as it stays. */
  complete?(members: readonly Member[]): Promise<void>;
  /** Each in turn sends an offer and its candidates, and all others hear them. */
  exchange?(members: readonly Member[], room: string): Promise<void>;
}
