import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConferenceIoAdapter, ConferenceModule } from '#conference';
import { loadConfig } from '#config';
import { SilentLog } from '#kernel';
import { FakeMediaEngine } from '#media/testing';
import type { HandoverRecord, PathMeasure } from '#protocol';
import type { RunningServer } from '#server';
import { HandoverMetrics } from '#topology';
import { Registry } from 'prom-client';
import { Guests, aRoom, settle } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

const TO_SFU = 'from="mesh",to="sfu"';
const TO_MESH = 'from="sfu",to="mesh"';

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer({ MESH_DWELL_MS: '50' });
});

afterEach(() => guests.leave());
afterAll(() => server.close());

/** Every sample of Prometheus' text format: `name{labels}` -> its value. */
class Samples {
  readonly #values: ReadonlyMap<string, number>;

  constructor(text: string) {
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    this.#values = new Map(
      lines.map((line) => {
        const [, sample, value] = /^([a-z0-9_]+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
        if (sample === undefined) throw new Error(`expected a sample, got ${line}`);
        return [sample, Number(value)];
      }),
    );
  }

  of(sample: string): number {
    const value = this.#values.get(sample);
    if (value === undefined)
      throw new Error(`expected ${sample} among ${[...this.#values.keys()].join('\n')}`);
    return value;
  }

  /** Of a histogram. */
  sumAndCount(name: string, labels: string): [sum: number, count: number] {
    return [this.of(`${name}_sum{${labels}}`), this.of(`${name}_count{${labels}}`)];
  }
}

async function scrape(): Promise<Samples> {
  const response = await fetch(new URL('/metrics', server.url));
  expect(response.status).toBe(200);
  return new Samples(await response.text());
}

/** By how much each sample has grown since. */
const growthSince = async (before: Samples) => {
  const after = await scrape();
  return {
    of: (sample: string) => after.of(sample) - before.of(sample),
    sumAndCount: (name: string, labels: string) => {
      const [[sum, count], [oldSum, oldCount]] = [after, before].map((one) =>
        one.sumAndCount(name, labels),
      ) as [[number, number], [number, number]];
      return [sum - oldSum, count - oldCount];
    },
  };
};

const measure = (participantId: string, more: Partial<PathMeasure> = {}) => ({
  participantId,
  proof: 'parity' as const,
  longestFrameIntervalMs: 90,
  steadyFrameIntervalMs: 50,
  frozenMs: 0,
  concealedAudioMs: 30,
  steadyConcealedAudioMs: 10,
  ...more,
});

/** What somebody reports who saw the same of all the others. */
const report = (one: Session, people: readonly Session[], more: Partial<PathMeasure> = {}) => ({
  epoch: 2,
  paths: people.filter((other) => other !== one).map(({ id }) => measure(id, more)),
});

describe('GET /metrics', () => {
  it('speaks the text format of Prometheus, and is not kept by caches', async () => {
    const response = await fetch(new URL('/metrics', server.url));
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    expect(text).toContain('# TYPE switchyard_handovers_total counter\n');
    expect(text).toContain('# TYPE switchyard_handover_duration_seconds histogram\n');
    expect(new Samples(text).of('process_cpu_seconds_total')).toBeGreaterThan(0);
  });

  it('tells what a handover was like for those who saw it', async () => {
    const before = await scrape();
    const people = await guests.three();
    await settle(people, 2);
    for (const one of people) await one.request('handover:report', report(one, people));
    const { handover } = await people[0].next('handover:recorded');

    const growth = await growthSince(before);
    const labels = `${TO_SFU},reason="exceeds-mesh"`;
    expect(growth.of(`switchyard_handovers_total{${labels},outcome="settled",abort_reason="none"}`)).toBe(1);
    expect(growth.sumAndCount('switchyard_handover_duration_seconds', TO_SFU)).toEqual([
      expect.closeTo(handover.durationMs / 1000),
      1,
    ]);
    for (const [name, seconds] of [
      ['longest_frame_interval', 0.09],
      ['frame_interval_excess', 0.04],
      ['frozen', 0],
      ['concealed_audio_excess', 0.02],
    ] as const) {
      expect([name, ...growth.sumAndCount(`switchyard_handover_${name}_seconds`, TO_SFU)]).toEqual([
        name,
        expect.closeTo(6 * seconds),
        6,
      ]);
    }
    expect(growth.of(`switchyard_handover_paths_total{${TO_SFU},proof="parity"}`)).toBe(6);
    expect(growth.of(`switchyard_handover_capped_measures_total{${TO_SFU}}`)).toBe(0);
  });

  it('counts one that is given up, and why', async () => {
    const before = await scrape();
    const people = await guests.three();
    for (const receiver of people) {
      for (const { id } of people.filter((other) => other !== receiver)) {
        await receiver.request('path:failed', { epoch: 2, participantId: id, reason: 'ICE failed' });
      }
    }
    for (const one of people) {
      await one.next('topology:aborted');
      await one.request('handover:report', report(one, people, { proof: null }));
    }
    await people[0].next('handover:recorded');
    const growth = await growthSince(before);
    const labels = `${TO_SFU},reason="exceeds-mesh",outcome="aborted",abort_reason="path-failed"`;
    expect(growth.of(`switchyard_handovers_total{${labels}}`)).toBe(1);
    expect(growth.of(`switchyard_handover_paths_total{${TO_SFU},proof="none"}`)).toBe(6);
    expect(growth.of(`switchyard_handover_duration_seconds_count{${TO_SFU}}`)).toBe(0);
  });

  it('tells what there is now, and of nothing once everybody has left', async () => {
    await until('the people of other tests to be gone', () => server.conference.counts().rooms === 0);
    const inTheSfu = await guests.threeInTheSfu();
    await inTheSfu[0].publish(2, 'mic', 'camera');
    await until('the others to be sent them', () => server.conference.counts().consumers === 4);
    await guests.two();
    const now = await scrape();
    const shown = (samples: Samples) => ({
      mesh: samples.of('switchyard_participants{topology="mesh"}'),
      sfu: samples.of('switchyard_participants{topology="sfu"}'),
      workers: samples.of('switchyard_workers'),
      routers: samples.of('switchyard_routers'),
      transports: samples.of('switchyard_transports'),
      producers: samples.of('switchyard_producers'),
      consumers: samples.of('switchyard_consumers'),
    });
    expect(shown(now)).toEqual({
      mesh: 2,
      sfu: 3,
      workers: 1,
      routers: 1,
      transports: 6,
      producers: 2,
      consumers: 4,
    });
    expect(now.of('switchyard_rooms')).toBe(2);

    guests.leave();
    await until('the rooms to close', () => server.conference.counts().rooms === 0);
    const later = await scrape();
    expect(shown(later)).toEqual({
      mesh: 0,
      sfu: 0,
      workers: 1,
      routers: 0,
      transports: 0,
      producers: 0,
      consumers: 0,
    });
    expect(later.of('switchyard_rooms')).toBe(0);
  });

  it('names no room and nobody', async () => {
    const room = aRoom();
    const people = await guests.threeInTheSfu(room);
    for (const one of people) await one.request('handover:report', report(one, people));
    await people[0].next('handover:recorded');
    const text = await (await fetch(new URL('/metrics', server.url))).text();
    for (const word of [room, 'Alice', ...people.map(({ id }) => id)]) expect(text).not.toContain(word);
  });
});

describe('somebody who lies about a handover', () => {
  const LONGEST_MS = 600_000;

  it('adds no more than the time it can have taken, once for each of those who were there', async () => {
    const before = await scrape();
    const people = await guests.three();
    const [alice, bob, carol] = people;
    await settle(people, 2);
    for (const one of [alice, bob]) await one.request('handover:report', { epoch: 2, paths: [] });
    const lie = {
      longestFrameIntervalMs: LONGEST_MS,
      steadyFrameIntervalMs: 0,
      frozenMs: LONGEST_MS,
      concealedAudioMs: LONGEST_MS,
      steadyConcealedAudioMs: 0,
    };
    const invented = Array.from({ length: 50 }, () => measure(crypto.randomUUID(), lie));
    const again = Array.from({ length: 50 }, () => measure(alice.id, lie));
    const paths = [measure(alice.id, lie), ...again, ...invented, measure(carol.id, lie)];
    await carol.request('handover:report', { epoch: 2, paths });
    const { handover } = await carol.next('handover:recorded');
    expect(handover.reports.find(({ participantId }) => participantId === carol.id)?.paths).toHaveLength(1);

    const growth = await growthSince(before);
    const limit = (handover.durationMs + 6000) / 1000;
    for (const name of [
      'longest_frame_interval',
      'frame_interval_excess',
      'frozen',
      'concealed_audio_excess',
    ]) {
      expect([name, ...growth.sumAndCount(`switchyard_handover_${name}_seconds`, TO_SFU)]).toEqual([
        name,
        expect.closeTo(limit),
        1,
      ]);
    }
    expect(growth.of(`switchyard_handover_capped_measures_total{${TO_SFU}}`)).toBe(3);
  });

  it('with numbers that are none is refused', async () => {
    const before = await scrape();
    const people = await guests.three();
    const [alice, bob] = people;
    await settle(people, 2);
    for (const frozenMs of [-1, LONGEST_MS + 1, '5', null, 1e308]) {
      const paths = [{ ...measure(bob.id), frozenMs }];
      expect([frozenMs, await alice.refusal('handover:report', { epoch: 2, paths })]).toEqual([
        frozenMs,
        'INVALID_PAYLOAD',
      ]);
    }
    for (const one of people) await one.request('handover:report', report(one, people));
    await alice.next('handover:recorded');
    expect((await growthSince(before)).of(`switchyard_handover_frozen_seconds_count{${TO_SFU}}`)).toBe(6);
  });
});

describe('the way back', () => {
  it('has a direction of its own', async () => {
    const before = await scrape();
    const [alice, bob, carol] = await guests.threeInTheSfu();
    await carol.request('room:leave', {});
    await alice.next('topology:prepare', ({ epoch }) => epoch === 3);
    await settle([alice, bob], 3);
    for (const epoch of [2, 3]) {
      for (const one of [alice, bob]) await one.request('handover:report', { epoch, paths: [] });
    }
    await alice.next('handover:recorded', ({ handover }) => handover.epoch === 3);
    const growth = await growthSince(before);
    expect(growth.of(`switchyard_handover_duration_seconds_count{${TO_SFU}}`)).toBe(1);
    expect(growth.of(`switchyard_handover_duration_seconds_count{${TO_MESH}}`)).toBe(1);
  });
});

describe('a server', () => {
  const read = (url: string, headers: Record<string, string> = {}) =>
    fetch(new URL('/metrics', url), { headers });

  it('of a token answers those who send it, and nobody else', async () => {
    const token = '0123456789abcdef';
    const guarded = await startServer({ METRICS_TOKEN: token });
    try {
      const refused = await read(guarded.url);
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await refused.text()).not.toContain('switchyard_rooms');
      expect((await read(guarded.url, { authorization: 'Bearer something-else-of-it' })).status).toBe(401);
      const answered = await read(guarded.url, { authorization: `Bearer ${token}` });
      expect([answered.status, await answered.text()]).toEqual([
        200,
        expect.stringContaining('switchyard_rooms 0'),
      ]);
    } finally {
      await guarded.close();
    }
  });

  it('without a token does not answer what a proxy passes on', async () => {
    const refused = await read(server.url, { 'x-forwarded-for': '192.0.2.7' });
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('METRICS_TOKEN')]);
  });

  it('in production keeps them to itself unless it is told otherwise', async () => {
    const inProduction = await startServer({ NODE_ENV: 'production' });
    try {
      const refused = await read(inProduction.url);
      expect([refused.status, await refused.text()]).toEqual([404, expect.stringContaining('METRICS_TOKEN')]);
    } finally {
      await inProduction.close();
    }
  });
});

describe('an application that embeds the conference', () => {
  class Diary extends HandoverMetrics {
    readonly handovers: HandoverRecord[] = [];

    override record(handover: HandoverRecord): void {
      this.handovers.push(handover);
    }
  }

  it('finds the metrics in its own registry, and hears of each handover', async () => {
    const registry = new Registry();
    const diary = new Diary();
    @Module({
      imports: [
        ConferenceModule.forRoot({
          ...loadConfig({ WORKERS: '1', ICE_SERVERS: '[]' }),
          log: new SilentLog(),
          engine: new FakeMediaEngine(),
          registry,
          handoverMetrics: diary,
        }),
      ],
    })
    class Host {}
    const app = await NestFactory.create(Host, { logger: false, forceCloseConnections: true });
    app.useWebSocketAdapter(new ConferenceIoAdapter(app));
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const visitors = new Guests(() => url);
    try {
      const people = await visitors.three();
      await settle(people, 2);
      for (const one of people) await one.request('handover:report', report(one, people));
      await people[0].next('handover:recorded');
      expect(diary.handovers).toMatchObject([{ epoch: 2, to: 'sfu', outcome: 'settled' }]);
      const samples = new Samples(await registry.metrics());
      expect(samples.of(`switchyard_handover_duration_seconds_count{${TO_SFU}}`)).toBe(1);
      expect(samples.of('switchyard_participants{topology="sfu"}')).toBe(3);
      // What watches the process is the application's own choice.
      expect(await registry.metrics()).not.toContain('process_cpu_seconds_total');
    } finally {
      visitors.leave();
      await app.close();
    }
  });
});
