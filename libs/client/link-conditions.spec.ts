import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { LinkConditions } from '#protocol';
import { CALM, readConditions, settledConditions, type LinkSamples } from './link-conditions.ts';
import { readLink, type CopySample, type LinkSample } from './link-sample.ts';
import { ChromiumLinks, type Scene } from './testing/chromium-links.ts';

const chromium = new ChromiumLinks(
  readFileSync(new URL('testing/chromium-links.jsonl', import.meta.url), 'utf8'),
);

const samplesOf = (scene: Scene, reading: 0 | 1): LinkSamples =>
  new Map([...chromium.reports(scene, reading)].map(([id, report]) => [id, readLink(report)]));

const EARLIER: CopySample = {
  timeMs: 10_000,
  packetsSent: 100,
  wantedBps: 800_000,
  limitation: 'none',
  limitedS: { none: 10, cpu: 0, bandwidth: 0 },
  lossShare: 0,
};
/** 2 s later. */
const LATER: CopySample = { ...EARLIER, timeMs: 12_000, packetsSent: 200 };

type Told = Partial<CopySample> & Partial<Pick<LinkSample, 'availableBps' | 'relayed'>>;

const link = (copy: CopySample, { availableBps = 3_000_000, relayed = false }: Told = {}): LinkSample => ({
  copies: new Map([['camera', copy]]),
  availableBps,
  relayed,
});

/** What is read of links that say that, after 2 s. */
const read = (...links: readonly Told[]): LinkConditions =>
  readConditions(
    new Map(links.map((_told, index) => [`${index}`, link(EARLIER)])),
    new Map(
      links.map((told, index) => {
        const { availableBps: _available, relayed: _relayed, ...copy } = told;
        return [`${index}`, link({ ...LATER, ...copy }, told)];
      }),
    ),
  );

const limited = (reason: 'cpu' | 'bandwidth', seconds: number): Told => ({
  limitation: reason,
  limitedS: { ...EARLIER.limitedS, [reason]: seconds },
});

describe('what is to be seen of the links between two readings', () => {
  it.each<[Scene, Partial<LinkConditions>]>([
    ['calm', {}],
    ['narrow', { uplinkLimited: true }],
    ['lossy', { lossy: true }],
  ])('in Chromium: %s', (scene, expected) => {
    expect(readConditions(samplesOf(scene, 0), samplesOf(scene, 1))).toEqual({ ...CALM, ...expected });
  });

  it.each<[string, readonly Told[], Partial<LinkConditions>]>([
    ['nothing', [{}, {}], {}],
    ['one copy held back by the processor', [limited('cpu', 1.5), {}], { cpuLimited: true }],
    ['that for less than half of the time', [limited('cpu', 0.9), {}], {}],
    [
      'a browser that knows no times',
      [{ limitation: 'cpu', limitedS: null }, { limitedS: null }],
      { cpuLimited: true },
    ],
    [
      'a cut, and an uplink with less than the copies want',
      [
        { ...limited('bandwidth', 2), availableBps: 500_000 },
        { ...limited('bandwidth', 2), availableBps: 500_000 },
      ],
      { uplinkLimited: true },
    ],
    [
      'a cut that the encoder makes, where the uplink has room',
      [limited('bandwidth', 2), limited('bandwidth', 2)],
      {},
    ],
    [
      'a cut because one of the others can receive little',
      [{ ...limited('bandwidth', 2), availableBps: 100_000 }, {}],
      {},
    ],
    [
      'an uplink with less, and pictures that are sent in full',
      [{ availableBps: 500_000 }, { availableBps: 500_000 }],
      {},
    ],
    [
      'a cut, and no word of the uplink',
      [
        { ...limited('bandwidth', 2), availableBps: null },
        { ...limited('bandwidth', 2), availableBps: null },
      ],
      {},
    ],
    ['loss on every link', [{ lossShare: 0.1 }, { lossShare: 0.3 }], { lossy: true }],
    ['loss on one link', [{ lossShare: 0.3 }, { lossShare: 0.01 }], {}],
    ['a link that has not said yet', [{ lossShare: null }, { lossShare: 0.3 }], { lossy: true }],
    ['a relay on one link', [{ relayed: true }, {}], { relayed: true }],
    ['no link', [], {}],
  ])('%s', (_what, links, expected) => {
    expect(read(...links)).toEqual({ ...CALM, ...expected });
  });

  it('counts no copy that was not sent: what a muted one says is old', () => {
    const { packetsSent } = EARLIER;
    const old = { ...limited('cpu', 2), lossShare: 0.5, packetsSent };
    expect(read(old, old)).toEqual(CALM);
  });

  it('counts no link that was not there before', () => {
    const now = new Map([['0', link({ ...LATER, ...limited('cpu', 2), lossShare: 0.5 })]]);
    expect(readConditions(new Map(), now)).toEqual(CALM);
  });
});

describe('what to make of the last readings', () => {
  /** A letter for each reading, oldest first: busy or calm. What is made of them, one after the other. */
  const course = (readings: string): string => {
    let settled = CALM;
    const seen: LinkConditions[] = [];
    return Array.from(readings, (letter) => {
      seen.push({ ...CALM, cpuLimited: letter === 'b' });
      settled = settledConditions(settled, seen);
      return settled.cpuLimited ? 'B' : '-';
    }).join('');
  };

  it.each([
    ['calm', 'cccccccc', '--------'],
    ['busy for a second', 'cccbcccc', '--------'],
    ['busy now and then', 'bcbcbccb', '--------'],
    ['busy for good', 'ccbbbbbb', '----BBBB'],
    ['busy from the start', 'bbbb', '--BB'],
    ['busy with a break', 'ccbbcbbb', '-----BBB'],
    ['calm after it, for long enough', 'bbbcccccc', '--BBBB---'],
    ['calm only for a moment', 'bbbcccbcccc', '--BBBBBBBB-'],
  ])('%s', (_what, readings, expected) => {
    expect(course(readings)).toBe(expected);
  });

  it('keeps what it was until there are enough readings again', () => {
    const busy = { ...CALM, relayed: true };
    expect(settledConditions(busy, [])).toEqual(busy);
    expect(settledConditions(busy, [CALM, CALM, CALM])).toEqual(busy);
    expect(settledConditions(busy, [CALM, CALM, CALM, CALM])).toEqual(CALM);
  });

  it('judges each condition by itself', () => {
    const one = { ...CALM, lossy: true };
    const other = { ...CALM, uplinkLimited: true };
    expect(settledConditions(CALM, [one, other, one, other])).toEqual(CALM);
    expect(settledConditions(CALM, [one, one, { ...one, uplinkLimited: true }, other])).toEqual(one);
  });
});
