import { Gauge } from 'prom-client';
import { topologySchema, type Topology } from '#protocol';
import type { MetricsRegistry } from './metrics-registry.ts';

/** What exists in a conference now. */
export interface ConferenceFigures {
  readonly rooms: number;
  readonly workers: number;
  readonly routers: number;
  readonly transports: number;
  readonly producers: number;
  readonly consumers: number;
  /** By what carries their room's media. */
  readonly participants: Readonly<Record<Topology, number>>;
}

const HELP: Readonly<Record<Exclude<keyof ConferenceFigures, 'participants'>, string>> = {
  rooms: 'Rooms that are open. One that everybody has left stays so for a moment.',
  workers: 'Media workers that run.',
  routers: 'Routers in the SFU: one per room and epoch that runs over it.',
  transports: 'Transports in the SFU: two per participant and epoch.',
  producers: 'Tracks that the SFU receives.',
  consumers: 'Tracks that the SFU sends.',
};

/**
 * Adds a gauge for everything that exists in the conference; it is looked at when the registry is asked.
 * @throws Error when the registry has metrics of these names already
 */
export function registerConferenceGauges(registry: MetricsRegistry, look: () => ConferenceFigures): void {
  for (const [what, help] of Object.entries(HELP) as [keyof typeof HELP, string][]) {
    const gauge: Gauge = new Gauge({
      name: `switchyard_${what}`,
      help,
      registers: [registry],
      collect: () => gauge.set(look()[what]),
    });
  }
  const participants: Gauge<'topology'> = new Gauge({
    name: 'switchyard_participants',
    help: 'Participants, by what carries the media of their room.',
    labelNames: ['topology'],
    registers: [registry],
    collect: () => {
      const figures = look();
      for (const topology of topologySchema.options)
        participants.set({ topology }, figures.participants[topology]);
    },
  });
}
