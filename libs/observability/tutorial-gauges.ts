import { Gauge } from 'prom-client';
import type { MetricsRegistry } from './metrics-registry.ts';

/** What the clients of tutorials have open now. */
export interface TutorialFigures {
  readonly rooms: number;
  readonly participants: number;
}

const HELP: Readonly<Record<keyof TutorialFigures, string>> = {
  rooms: 'Rooms that clients of tutorials have open.',
  participants: 'Places that clients of tutorials have in them.',
};

/**
 * Adds a gauge for each; it is looked at when the registry is asked.
 * @throws Error when the registry has metrics of these names already
 */
export function registerTutorialGauges(registry: MetricsRegistry, look: () => TutorialFigures): void {
  for (const [what, help] of Object.entries(HELP) as [keyof typeof HELP, string][]) {
    const gauge: Gauge = new Gauge({
      name: `switchyard_tutorial_${what}`,
      help,
      registers: [registry],
      collect: () => gauge.set(look()[what]),
    });
  }
}
