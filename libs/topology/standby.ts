import type { ParticipantId } from '#protocol';
import { SfuStrategy } from './sfu-strategy.ts';
import type { TopologyContext } from './topology-context.ts';

/**
 * The SFU made ready before it is needed: a router, and transports for everybody there and for who is about to come. No media flows
 * until a handover takes it into service.
 */
export class Standby {
  readonly #context: TopologyContext;
  #strategy: SfuStrategy | null = null;

  constructor(context: TopologyContext) {
    this.#context = context;
  }

  /** Makes it ready for one who waits. What cannot be had now is had when it is needed, or refused then. */
  async warm(): Promise<void> {
    const { room, log } = this.#context;
    try {
      const strategy = this.#strategy ?? (await SfuStrategy.open(this.#context));
      this.#strategy = strategy;
      await Promise.all([...room.participants.map((one) => strategy.admit(one)), strategy.reserve()]);
    } catch (error) {
      log.debug({ room: room.name, err: error }, 'the SFU could not be made ready ahead of time');
      this.close();
    }
  }

  /** Hands it over; null if nothing is ready. */
  take(): SfuStrategy | null {
    const strategy = this.#strategy;
    this.#strategy = null;
    return strategy === null || strategy.lost ? null : strategy;
  }

  release(id: ParticipantId): void {
    this.#strategy?.release(id);
  }

  close(): void {
    this.#strategy?.close();
    this.#strategy = null;
  }
}
