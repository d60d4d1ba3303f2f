import { expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { registerConferenceGauges } from './conference-gauges.ts';
import { registryWithProcessMetrics } from './metrics-registry.ts';

const FIGURES = {
  rooms: 2,
  workers: 4,
  routers: 1,
  transports: 6,
  producers: 5,
  consumers: 12,
  participants: { mesh: 2, sfu: 3 },
};

const lines = (text: string): string[] => text.split('\n').filter((line) => /^[a-z]/.test(line));

it('what exists is looked at when somebody asks', async () => {
  const registry = new Registry();
  let figures = FIGURES;
  registerConferenceGauges(registry, () => figures);
  expect(lines(await registry.metrics())).toEqual([
    'switchyard_rooms 2',
    'switchyard_workers 4',
    'switchyard_routers 1',
    'switchyard_transports 6',
    'switchyard_producers 5',
    'switchyard_consumers 12',
    'switchyard_participants{topology="mesh"} 2',
    'switchyard_participants{topology="sfu"} 3',
  ]);
  figures = { ...FIGURES, rooms: 1, participants: { mesh: 0, sfu: 3 } };
  const later = lines(await registry.metrics());
  expect(later).toContain('switchyard_rooms 1');
  expect(later).toContain('switchyard_participants{topology="mesh"} 0');
});

it('a process is watched once, for however many servers are in it', async () => {
  const [first, second] = [registryWithProcessMetrics(), registryWithProcessMetrics()];
  registerConferenceGauges(first, () => FIGURES);
  registerConferenceGauges(second, () => ({ ...FIGURES, rooms: 7 }));
  expect(second.getSingleMetric('process_cpu_seconds_total')).toBe(
    first.getSingleMetric('process_cpu_seconds_total'),
  );
  expect(lines(await first.metrics())).toContain('switchyard_rooms 2');
  expect(lines(await second.metrics())).toContain('switchyard_rooms 7');
});
