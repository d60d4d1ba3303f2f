import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PrometheusHandoverMetrics, registerConferenceGauges, registerTutorialGauges } from '#observability';
import { Registry } from 'prom-client';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/metrics.md'), 'utf8');

interface Metric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
}

const byName = (a: Metric, b: Metric): number => a.name.localeCompare(b.name);

/** The rows of the page's tables that describe a metric. */
const documented = (): Metric[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| `switchyard_'))
    .map((line) => {
      const [name = '', type = '', , labels = ''] = line
        .split('|')
        .slice(1)
        .map((cell) => cell.trim());
      return {
        name: name.replaceAll('`', ''),
        type,
        labels: [...labels.matchAll(/`([a-z_]+)`/g)].map(([, label = '']) => label),
      };
    })
    .toSorted(byName);

async function existing(): Promise<Metric[]> {
  const registry = new Registry();
  expect(new PrometheusHandoverMetrics(registry)).toBeDefined();
  registerConferenceGauges(registry, () => ({
    rooms: 0,
    workers: 0,
    routers: 0,
    transports: 0,
    producers: 0,
    consumers: 0,
    participants: { mesh: 0, sfu: 0 },
  }));
  registerTutorialGauges(registry, () => ({ rooms: 0, participants: 0 }));
  const metrics = await registry.getMetricsAsJSON();
  return metrics
    .map(({ name, type, values }) => {
      const labels = values.flatMap((value) => Object.keys(value.labels)).filter((label) => label !== 'le');
      return { name, type: String(type), labels: [...new Set(labels)] };
    })
    .toSorted(byName);
}

describe('docs/metrics.md', () => {
  it('lists every metric with its type and its labels, and none that there is not', async () => {
    expect(documented()).toEqual(await existing());
  });

  it('queries only what there is', async () => {
    const names = (await existing()).map(({ name }) => name);
    const queried = [...page.matchAll(/```promql\n([^`]+)```/g)].flatMap(([, query = '']) =>
      [...query.matchAll(/switchyard_[a-z_]+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, '')),
    );
    expect(queried.length).toBeGreaterThan(0);
    expect(queried.filter((name) => !names.includes(name))).toEqual([]);
  });
});

// https://prometheus.io/docs/practices/naming/
describe('the names of the metrics', () => {
  it('begin with the application, and end with a unit, or with what is counted', async () => {
    for (const { name, type } of await existing()) {
      expect(name).toMatch(/^switchyard_[a-z]+(_[a-z]+)*$/);
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      expect([name, name.endsWith('_seconds')]).toEqual([name, type === 'histogram']);
    }
  });
});
