import type { HandoverRecord } from '#protocol';

/** Where the figures of every handover go. */
export abstract class HandoverMetrics {
  abstract record(handover: HandoverRecord): void;
}

/** Keeps none. */
export class NoHandoverMetrics extends HandoverMetrics {
  override record(): void {}
}
