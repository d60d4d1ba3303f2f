import type { Socket } from 'socket.io';
import type { Clock, Log } from '#kernel';
import { MAX_MESSAGE_BYTES } from '#protocol';
import { MAX_LEVELS, messageBytes } from '#signaling';
import { ChatAndSignal } from './chat-and-signal.ts';
import { Codelab } from './codelab.ts';
import { MessageRate } from './message-rate.ts';
import { Refusal } from './refusal.ts';
import type { TutorialLimits } from './tutorial-limits.ts';
import type { Hear, RoomCounts, Vocabulary, VocabularyNamespace } from './vocabulary.ts';
import { ZoomClone } from './zoom-clone.ts';

type Done = () => void;

const isCallback = (value: unknown): value is Done => typeof value === 'function';
const nobodyWaits: Done = () => undefined;

/**
 * Hears the clients of all tutorials on one namespace. What does not fit is refused in the words of its vocabulary, or in silence;
 * a callback is called once what was asked for is done.
 */
export class Tutorials {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #vocabularies: readonly Vocabulary[];
  readonly #events = new Map<string, readonly [Vocabulary, Hear]>();

  constructor(namespace: VocabularyNamespace, clock: Clock, log: Log, limits: TutorialLimits) {
    this.#clock = clock;
    this.#log = log;
    this.#vocabularies = [
      new Codelab(namespace, clock),
      new ChatAndSignal(namespace, clock, limits),
      new ZoomClone(namespace, clock, limits),
    ];
    for (const vocabulary of this.#vocabularies) {
      for (const [event, hear] of Object.entries(vocabulary.events))
        this.#events.set(event, [vocabulary, hear]);
    }
  }

  connected(socket: Socket): void {
    const rate = new MessageRate(this.#clock.now());
    socket.onAny((event: string, ...values: unknown[]) => this.#heard(socket, rate, event, values));
    socket.once('disconnecting', () => {
      for (const vocabulary of this.#vocabularies) vocabulary.disconnecting(socket);
    });
    for (const vocabulary of this.#vocabularies) vocabulary.connected?.(socket);
  }

  counts(): RoomCounts {
    const counts = this.#vocabularies.map((vocabulary) => vocabulary.counts());
    return {
      rooms: counts.reduce((sum, { rooms }) => sum + rooms, 0),
      participants: counts.reduce((sum, { participants }) => sum + participants, 0),
    };
  }

  close(): void {
    for (const vocabulary of this.#vocabularies) vocabulary.close?.();
  }

  #heard(socket: Socket, rate: MessageRate, event: string, values: readonly unknown[]): void {
    const known = this.#events.get(event);
    // Without a word: an answer to each would help whoever floods the server.
    if (known === undefined || !rate.take(this.#clock.now())) return;
    const [vocabulary, hear] = known;
    try {
      const last = values.at(-1);
      const done = isCallback(last) ? last : nobodyWaits;
      const sent = isCallback(last) ? values.slice(0, -1) : values;
      if (messageBytes(sent) > MAX_MESSAGE_BYTES) {
        throw new Refusal(
          `${event}: expected at most ${MAX_MESSAGE_BYTES} bytes, nested ${MAX_LEVELS} levels deep at most`,
        );
      }
      hear(socket, sent, () => done());
    } catch (error) {
      if (error instanceof Refusal) {
        this.#log.debug(
          { socketId: socket.id, event, problem: error.message },
          'a tutorial client was refused',
        );
        vocabulary.refuse?.(socket, error.message);
      } else {
        this.#log.error({ socketId: socket.id, event, err: error }, 'a tutorial client was not served');
      }
    }
  }
}
