import { Registry, collectDefaultMetrics, type OpenMetricsContentType } from 'prom-client';

/** A registry of prom-client, in whichever of its two formats it speaks. */
export type MetricsRegistry = Registry | Registry<OpenMetricsContentType>;

let ofProcess: Registry | undefined;

/**
 * A registry that has prom-client's metrics of this process (`process_*`, `nodejs_*`). However often it is called, the process is
 * watched once: the watchers cannot be stopped.
 */
export function registryWithProcessMetrics(): Registry {
  if (ofProcess === undefined) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return Registry.merge([ofProcess]);
}
