import { randomBytes } from 'node:crypto';
import { DomainError, TokenBucket, type Clock, type TokenBucketOptions } from '#kernel';
import {
  CHAT_HISTORY_CHARACTERS,
  CHAT_HISTORY_MESSAGES,
  CHAT_RATE,
  REACTION_RATE,
  messageIdSchema,
  type ChatMessage,
  type ErrorCode,
  type MessageId,
  type ParticipantId,
  type Reaction,
} from '#protocol';
import { ChatHistory } from './chat-history.ts';
import type { Participant } from './participant.ts';
import type { Room } from './room.ts';

const LIMITS = { messages: CHAT_HISTORY_MESSAGES, characters: CHAT_HISTORY_CHARACTERS };

interface Rates {
  readonly messages: TokenBucket;
  readonly reactions: TokenBucket;
}

const newMessageId = (): MessageId => messageIdSchema.parse(randomBytes(9).toString('base64url'));

/** What the people in a room write and show to each other. It is kept as long as the room, within limits, for those who come later. */
export class Conversation {
  readonly #room: Room;
  readonly #clock: Clock;
  readonly #toEveryone = new ChatHistory(LIMITS);
  // Apart from the others: two who whisper much must not push out what the room has said.
  readonly #private = new ChatHistory(LIMITS);
  readonly #rates = new Map<ParticipantId, Rates>();
  #lastSentAt = 0;

  constructor(room: Room, clock: Clock) {
    this.#room = room;
    this.#clock = clock;
  }

  /**
   * Says something to everyone, or to one participant alone.
   * @throws DomainError `NOT_FOUND` when that one is not in the room, or is the sender; `RATE_LIMITED`
   */
  say(from: Participant, text: string, to?: ParticipantId): ChatMessage {
    const receiver = to === undefined ? null : this.#other(from, to);
    requireToken(this.#ratesOf(from).messages, 'messages', CHAT_RATE);
    const message: ChatMessage = {
      id: newMessageId(),
      from: personOf(from),
      to: receiver === null ? null : personOf(receiver),
      text,
      sentAt: this.#nextSentAt(),
    };
    if (receiver === null) {
      this.#toEveryone.add(message);
      this.#room.publish('chat:received', { message });
    } else {
      this.#private.add(message);
      this.#room.notify(receiver.id, 'chat:whispered', { message });
    }
    return message;
  }

  /** What that participant may read, oldest first. */
  messagesFor(reader: ParticipantId): ChatMessage[] {
    const theirs = this.#private.messages.filter((message) => isBetween(message, (id) => id === reader));
    return [...this.#toEveryone.messages, ...theirs].toSorted((one, other) => one.sentAt - other.sentAt);
  }

  /** @throws DomainError `RATE_LIMITED` */
  react(from: Participant, reaction: Reaction): void {
    requireToken(this.#ratesOf(from).reactions, 'reactions', REACTION_RATE);
    this.#room.publish('reaction:received', { participantId: from.id, reaction });
  }

  /** Somebody has left: what only they could still read goes with them. */
  forget(id: ParticipantId): void {
    this.#rates.delete(id);
    this.#private.keep((message) => isBetween(message, (one) => this.#room.has(one)));
  }

  #other(from: Participant, id: ParticipantId): Participant {
    if (id === from.id) {
      throw new DomainError<ErrorCode>('NOT_FOUND', 'expected another participant of your room, that is you');
    }
    return this.#room.participant(id);
  }

  #ratesOf({ id }: Participant): Rates {
    const known = this.#rates.get(id);
    if (known !== undefined) return known;
    const rates = {
      messages: new TokenBucket(this.#clock, CHAT_RATE),
      reactions: new TokenBucket(this.#clock, REACTION_RATE),
    };
    this.#rates.set(id, rates);
    return rates;
  }

  /** Two messages of one millisecond have an order, too. */
  #nextSentAt(): number {
    this.#lastSentAt = Math.max(this.#clock.now(), this.#lastSentAt + 1);
    return this.#lastSentAt;
  }
}

function personOf(participant: Participant): ChatMessage['from'] {
  const { id, displayName } = participant.info();
  return { id, displayName };
}

/** Whether one of the two ends of a private message is such a one. */
const isBetween = ({ from, to }: ChatMessage, isSuch: (id: ParticipantId) => boolean): boolean =>
  isSuch(from.id) || (to !== null && isSuch(to.id));

function requireToken(bucket: TokenBucket, what: string, { burst, refillMs }: TokenBucketOptions): void {
  const retryAfterMs = bucket.take();
  if (retryAfterMs === 0) return;
  throw new DomainError<ErrorCode>(
    'RATE_LIMITED',
    `expected at most ${burst} ${what} at once and then one every ${refillMs} ms, try again in ${retryAfterMs} ms`,
    { details: { retryAfterMs } },
  );
}
