import type { ParticipantId } from '#protocol';

/**
 * What participants were asked and have not acknowledged yet. The timers of Socket.IO's own `timeout()` cannot be stopped: they
 * would outlive the session, and keep a server that has closed from ending.
 */
export class AwaitedAcks {
  readonly #awaited = new Map<ParticipantId, Set<() => void>>();

  /**
   * Calls `ask`, and resolves when what it is given has been called.
   * @throws Error when that has not happened within `timeoutMs`, or the participant is given up before
   */
  async ask(from: ParticipantId, timeoutMs: number, ask: (acknowledge: () => void) => void): Promise<void> {
    const awaited = this.#awaited.get(from) ?? new Set();
    this.#awaited.set(from, awaited);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = (): void => reject(new Error('the participant is gone'));
    const timer = setTimeout(
      () => reject(new Error(`expected an acknowledgement within ${timeoutMs} ms`)),
      timeoutMs,
    );
    awaited.add(giveUp);
    try {
      ask(resolve);
      await promise;
    } finally {
      clearTimeout(timer);
      awaited.delete(giveUp);
    }
  }

  /** Nothing more is awaited from the participant. */
  giveUp(id: ParticipantId): void {
    for (const giveUp of this.#awaited.get(id) ?? []) giveUp();
    this.#awaited.delete(id);
  }
}
