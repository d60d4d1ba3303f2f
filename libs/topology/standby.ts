import type { Log } from '#kernel';
import type { MediaEngine } from '#media';
import type { ParticipantId } from '#protocol';
import type { Room } from '#rooms';
import { SfuStrategy } from './sfu-strategy.ts';

/**
 * The SFU made ready before it is needed: a router, and transports for everybody there and for who is about to come. No media flows
 * until a handover takes it into service.
 */
export class Standby {
  readonly #engine: MediaEngine;
  readonly #room: Room;
  readonly #log: Log;
  #strategy: SfuStrategy | null = null;

  constructor(engine: MediaEngine, room: Room, log: Log) {
    this.#engine = engine;
    this.#room = room;
    this.#log = log;
  }

  /** Makes it ready for one who waits. What cannot be had now is had when it is needed, or refused then. */
  async warm(): Promise<void> {
    try {
      const strategy = this.#strategy ?? (await SfuStrategy.open(this.#engine, this.#room, this.#log));
      this.#strategy = strategy;
      await Promise.all([...this.#room.participants.map((one) => strategy.admit(one)), strategy.reserve()]);
    } catch (error) {
      this.#log.debug({ room: this.#room.name, err: error }, 'the SFU could not be made ready ahead of time');
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
