import type { Log } from '#kernel';
import type { HandoverRecord } from '#protocol';
import { HandoverMetrics } from '#topology';

/** All who want to know of handovers. One that fails keeps neither the others nor the room from going on. */
export class HandoverSinks extends HandoverMetrics {
  readonly #sinks: readonly HandoverMetrics[];
  readonly #log: Log;

  constructor(sinks: readonly HandoverMetrics[], log: Log) {
    super();
    this.#sinks = sinks;
    this.#log = log;
  }

  override record(handover: HandoverRecord): void {
    for (const sink of this.#sinks) {
      try {
        sink.record(handover);
      } catch (error) {
        this.#log.error({ epoch: handover.epoch, err: error }, 'the metrics of a handover were not taken');
      }
    }
  }
}
