import {
  chatTextProblem,
  MAX_CHAT_CHARACTERS,
  normalizedChatText,
  type ParticipantId,
  type RequestAnswer,
  type RequestInput,
} from '#protocol';
import { CallError } from './call-error.ts';
import type { ChatLog, ChatMessageView } from './chat-log.ts';

export interface ChatSendOptions {
  /** To that participant alone; to everyone unless given. */
  readonly to?: ParticipantId;
}

type Send = (payload: RequestInput<'chat:send'>) => Promise<RequestAnswer<'chat:send'>>;

/** The room's chat. What is said comes with the call's snapshot (`chat`), and by its event `message`. */
export class Chat {
  readonly #log: ChatLog;
  readonly #send: Send;
  readonly #changed: () => void;

  constructor(log: ChatLog, send: Send, changed: () => void) {
    this.#log = log;
    this.#send = send;
    this.#changed = changed;
  }

  /** What was said, oldest first; the same list until something changes. */
  get messages(): readonly ChatMessageView[] {
    return this.#log.snapshot.messages;
  }

  /**
   * Says something to everyone in the room, or to one participant alone: plain text of 1 to 4,000 characters, in lines if you like.
   * Resolves with the message once the room has it.
   * @throws CallError `INVALID_PAYLOAD` (the message says what is wrong with the text), `NOT_FOUND` (that participant is gone),
   * `RATE_LIMITED` (`details.retryAfterMs` says when there is room again), `SERVER_UNREACHABLE`, `TIMEOUT`
   */
  async send(text: string, { to }: ChatSendOptions = {}): Promise<ChatMessageView> {
    requireChatText(normalizedChatText(text));
    const { message } = await this.#send({ text, ...(to === undefined ? {} : { to }) });
    const added = this.#log.add(message);
    if (added !== null) this.#changed();
    return added ?? { ...message, mine: true };
  }
}

/** The server would refuse it too, but of a text beyond its limit for any message it would not count the characters. */
function requireChatText(text: string): void {
  const problem = chatTextProblem(text);
  if (problem === null) return;
  const why = {
    empty: `expected a message of 1 to ${MAX_CHAT_CHARACTERS} characters, got an empty one`,
    'too-long': `expected a message of at most ${MAX_CHAT_CHARACTERS} characters, got ${[...text].length}`,
    unprintable:
      'expected a message without control characters and without those that turn the direction of the text',
  }[problem];
  throw new CallError('INVALID_PAYLOAD', why, false);
}
