import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Epoch, LinkConditions } from '#protocol';
import { CALM } from './link-conditions.ts';
import { LinkWatch, type WatchedLinks } from './link-watch.ts';

const READ_EVERY_MS = 2000;

/** Links that say what the test wants, reading by reading. */
class FakeLinks implements WatchedLinks {
  readonly epoch: Epoch;
  relayed = false;
  readings = 0;
  /** Answers come when the test lets them, if not null. */
  held: (() => void)[] | null = null;

  constructor(epoch: Epoch) {
    this.epoch = epoch;
  }

  async linkStats(): Promise<ReadonlyMap<string, ReadonlyMap<string, unknown>>> {
    this.readings += 1;
    await new Promise<void>((resolve) => (this.held === null ? resolve() : this.held.push(resolve)));
    const candidateType = this.relayed ? 'relay' : 'host';
    const entries = [
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
      { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' },
      { id: 'L', type: 'local-candidate', candidateType },
      { id: 'R', type: 'remote-candidate', candidateType: 'host' },
    ];
    return new Map([['bob', new Map(entries.map((entry) => [entry.id, entry]))]]);
  }
}

const RELAYED: LinkConditions = { ...CALM, relayed: true };

let told: [Epoch, LinkConditions][];
let watch: LinkWatch;
let links: FakeLinks;

beforeEach(() => {
  jest.useFakeTimers();
  told = [];
  watch = new LinkWatch((epoch, conditions) => told.push([epoch, conditions]));
  links = new FakeLinks(1);
});

afterEach(() => {
  watch.stop();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

const readings = (count: number): Promise<void> => jest.advanceTimersByTimeAsync(count * READ_EVERY_MS);

describe('the watch over the links of a mesh', () => {
  it('tells nothing of a calm mesh, however long it lasts', async () => {
    watch.watch(links);
    await readings(100);
    expect(links.readings).toBe(100);
    expect(told).toEqual([]);
  });

  it('tells what lasts, once, and once when it has passed', async () => {
    links.relayed = true;
    watch.watch(links);
    // The first is what the second is compared with.
    await readings(3);
    expect(told).toEqual([]);
    await readings(20);
    expect(told).toEqual([[1, RELAYED]]);
    links.relayed = false;
    await readings(20);
    expect(told).toEqual([
      [1, RELAYED],
      [1, CALM],
    ]);
  });

  it('rests during a handover, and afterwards knows what it has told', async () => {
    links.relayed = true;
    watch.watch(links);
    await readings(4);
    watch.pause();
    await readings(10);
    expect(links.readings).toBe(4);
    watch.watch(links);
    await readings(10);
    expect(told).toEqual([[1, RELAYED]]);
  });

  it('does not mix what was before a handover with what is after it', async () => {
    links.relayed = true;
    watch.watch(links);
    await readings(3);
    watch.pause();
    watch.watch(links);
    await readings(3);
    expect(told).toEqual([]);
    await readings(1);
    expect(told).toEqual([[1, RELAYED]]);
  });

  it('begins anew with other links', async () => {
    links.relayed = true;
    watch.watch(links);
    await readings(4);
    const others = new FakeLinks(3);
    others.relayed = true;
    watch.watch(others);
    await readings(4);
    expect(links.readings).toBe(4);
    expect(told).toEqual([
      [1, RELAYED],
      [3, RELAYED],
    ]);
  });

  it('is begun once, however often it is asked for', async () => {
    watch.watch(links);
    watch.watch(links);
    await readings(2);
    expect(links.readings).toBe(2);
  });

  it('waits for a slow answer instead of asking again, and takes none that comes too late', async () => {
    links.held = [];
    watch.watch(links);
    await readings(5);
    expect(links.readings).toBe(1);
    watch.pause();
    links.relayed = true;
    for (const answer of links.held.splice(0)) answer();
    await readings(5);
    links.held = null;
    watch.watch(links);
    await readings(3);
    expect(told).toEqual([]);
  });
});
