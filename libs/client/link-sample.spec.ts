import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readLink } from './link-sample.ts';
import { ChromiumLinks, type Scene } from './testing/chromium-links.ts';

const chromium = new ChromiumLinks(
  readFileSync(new URL('testing/chromium-links.jsonl', import.meta.url), 'utf8'),
);

const firstOf = (scene: Scene): Map<string, RTCStats> => {
  const [report] = chromium.reports(scene, 1).values();
  if (report === undefined) throw new Error('expected a report');
  return report;
};

/** The report with other values in all entries of a type. */
const changed = (report: Map<string, RTCStats>, type: string, values: object): Map<string, RTCStats> =>
  new Map([...report].map(([id, stats]) => [id, stats.type === type ? { ...stats, ...values } : stats]));

describe("one link's statistics", () => {
  it('are understood as Chromium tells them', () => {
    const { copies, ...link } = readLink(firstOf('narrow'));
    expect(link).toEqual({ availableBps: 90_821, relayed: false });
    expect(Object.fromEntries(copies)).toEqual({
      OT01A3517199512: {
        timeMs: 1795253895212.204,
        packetsSent: 1387,
        wantedBps: 0,
        limitation: 'none',
        limitedS: null,
        lossShare: 0,
      },
      OT01V1661521822: {
        timeMs: 1795253895212.204,
        packetsSent: 573,
        wantedBps: 800_000,
        limitation: 'bandwidth',
        limitedS: { bandwidth: 17.719, cpu: 0, none: 10.126, other: 0 },
        lossShare: 0,
      },
    });
  });

  it('tell of the pair that is used, not of others that once were', () => {
    const pairs = [...firstOf('narrow').values()].filter(({ type }) => type === 'candidate-pair');
    expect(pairs).toHaveLength(2);
    expect(pairs.every((pair) => 'nominated' in pair && pair.nominated === true)).toBe(true);
    const [used, other] = pairs;
    const elsewhere = changed(firstOf('narrow'), 'transport', { selectedCandidatePairId: other?.id });
    expect(readLink(elsewhere).availableBps).toBeNull();
    // As Firefox tells it.
    const bySelection = changed(firstOf('narrow'), 'transport', { selectedCandidatePairId: undefined });
    const selected = new Map(
      [...bySelection].map(([id, stats]) => [id, id === used?.id ? { ...stats, selected: true } : stats]),
    );
    expect(readLink(selected).availableBps).toBe(90_821);
  });

  it.each(['local-candidate', 'remote-candidate'])('tell of a relay at either end: %s', (end) => {
    expect(readLink(changed(firstOf('narrow'), end, { candidateType: 'srflx' })).relayed).toBe(false);
    expect(readLink(changed(firstOf('narrow'), end, { candidateType: 'relay' })).relayed).toBe(true);
  });

  it('tell nothing of copies that nothing is captured for', () => {
    const muted = changed(firstOf('narrow'), 'outbound-rtp', { mediaSourceId: undefined });
    expect(readLink(muted).copies.size).toBe(0);
  });

  it('may be empty: a link that is not connected yet', () => {
    expect(readLink(new Map())).toEqual({ copies: new Map(), availableBps: null, relayed: false });
  });
});
