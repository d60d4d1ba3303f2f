import type { ParticipantId, ParticipantInfo, RoomName } from '#protocol';
import { RoomOutlet } from '#rooms';
import type { VocabularyNamespace } from './vocabulary.ts';

/**
 * Puts those who are in a room of a tutorial into a Socket.IO room. What the rooms of the protocol tell their participants is not
 * told: the tutorials have words of their own.
 */
export class TutorialOutlet extends RoomOutlet {
  readonly #namespace: VocabularyNamespace;
  readonly #socketRoomOf: (room: RoomName) => string;
  readonly #sessions = new Map<ParticipantId, string>();

  constructor(namespace: VocabularyNamespace, socketRoomOf: (room: RoomName) => string) {
    super();
    this.#namespace = namespace;
    this.#socketRoomOf = socketRoomOf;
  }

  override attach(room: RoomName, { id }: ParticipantInfo, sessionId: string): void {
    this.#sessions.set(id, sessionId);
    void this.#namespace.sockets.get(sessionId)?.join(this.#socketRoomOf(room));
  }

  override detach(room: RoomName, id: ParticipantId): void {
    const sessionId = this.#sessions.get(id);
    this.#sessions.delete(id);
    if (sessionId !== undefined) void this.#namespace.sockets.get(sessionId)?.leave(this.#socketRoomOf(room));
  }

  override broadcast(): void {}

  override notify(): void {}

  override request(): Promise<void> {
    return Promise.reject(new Error('a client of a tutorial answers nothing'));
  }
}
