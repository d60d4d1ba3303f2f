import type { Namespace, Socket } from 'socket.io';

/** One event: what came with it, and what to call once it is done. Of whoever sent no callback, that is called in vain. */
export type Hear = (socket: Socket, values: readonly unknown[], done: () => void) => void;

/** What the clients of one tutorial say and hear. Each vocabulary has rooms of its own. */
export interface Vocabulary {
  /** By the event's name. No two vocabularies have one in common. */
  readonly events: Readonly<Record<string, Hear>>;
  /** How a client of this tutorial can be told that something was refused. Without it, it is not told. */
  readonly refuse?: (socket: Socket, problem: string) => void;
  /** Somebody may be a client of this tutorial. */
  readonly connected?: (socket: Socket) => void;
  /** Somebody is about to be gone, and is still in its rooms. */
  readonly disconnecting: (socket: Socket) => void;
  counts(): RoomCounts;
  /** Ends what is still waited for. */
  readonly close?: () => void;
}

export interface RoomCounts {
  readonly rooms: number;
  readonly participants: number;
}

export type VocabularyNamespace = Pick<Namespace, 'to' | 'emit' | 'sockets'>;
