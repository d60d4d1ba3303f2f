import type { ChatMessage } from '#protocol';

export interface ChatHistoryLimits {
  readonly messages: number;
  /** In all of them together, counted as code points. */
  readonly characters: number;
}

/** The last messages: what is beyond the limits goes, oldest first. */
export class ChatHistory {
  readonly #limits: ChatHistoryLimits;
  #messages: ChatMessage[] = [];
  #characters = 0;

  constructor(limits: ChatHistoryLimits) {
    this.#limits = limits;
  }

  /** Oldest first. */
  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  add(message: ChatMessage): void {
    this.#messages.push(message);
    this.#characters += lengthOf(message);
    while (
      this.#messages.length > this.#limits.messages ||
      (this.#messages.length > 1 && this.#characters > this.#limits.characters)
    ) {
      const oldest = this.#messages.shift();
      if (oldest !== undefined) this.#characters -= lengthOf(oldest);
    }
  }

  /** Forgets the messages that `isWanted` does not want. */
  keep(isWanted: (message: ChatMessage) => boolean): void {
    this.#messages = this.#messages.filter(isWanted);
    this.#characters = this.#messages.reduce((sum, message) => sum + lengthOf(message), 0);
  }
}

const lengthOf = ({ text }: ChatMessage): number => [...text].length;
