import type { ChatMessage, ParticipantId } from '#protocol';

/** One message of the room's chat. */
export interface ChatMessageView extends ChatMessage {
  /** You sent it. */
  readonly mine: boolean;
}

/** What has been said in the room, as far as you may read it. */
export interface ChatSnapshot {
  /** Oldest first; another list after each change. The last 1,000 that came while you were there. */
  readonly messages: readonly ChatMessageView[];
  /** What was said before you came: on its way, among the messages, or not to be had. */
  readonly past: 'loading' | 'known' | 'unknown';
}

/** A call may last for a day, and its page with it. */
const KEPT_MESSAGES = 1000;

/** Puts together what comes as it is said with what comes as history, each once. It outlives a lost connection. */
export class ChatLog {
  #snapshot: ChatSnapshot = { messages: [], past: 'loading' };
  /** After a reconnect one is somebody new to the server, and still the one who wrote what one wrote. */
  readonly #ownIds = new Set<ParticipantId>();

  get snapshot(): ChatSnapshot {
    return this.#snapshot;
  }

  /** The participant that you are from now on. */
  begin(self: ParticipantId): void {
    this.#ownIds.add(self);
    this.#snapshot = { ...this.#snapshot, past: 'loading' };
  }

  /** Returns the message as it is kept; null if it is known already. */
  add(message: ChatMessage): ChatMessageView | null {
    const [added = null] = this.#merge([message]);
    return added;
  }

  addPast(messages: readonly ChatMessage[]): void {
    this.#merge(messages);
    this.#snapshot = { ...this.#snapshot, past: 'known' };
  }

  pastIsUnknown(): void {
    this.#snapshot = { ...this.#snapshot, past: 'unknown' };
  }

  #merge(messages: readonly ChatMessage[]): ChatMessageView[] {
    const known = new Set(this.#snapshot.messages.map(({ id }) => id));
    const added = messages
      .filter(({ id }) => !known.has(id))
      .map((message) => ({ ...message, mine: this.#ownIds.has(message.from.id) }));
    if (added.length === 0) return [];
    const all = [...this.#snapshot.messages, ...added].toSorted((one, other) => one.sentAt - other.sentAt);
    this.#snapshot = { ...this.#snapshot, messages: all.slice(-KEPT_MESSAGES) };
    return added;
  }
}
