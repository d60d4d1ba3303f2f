import type { LinkConditions } from '#protocol';
import type { CopySample, LinkSample } from './link-sample.ts';

/** One sample of each link, by whom it leads to. */
export type LinkSamples = ReadonlyMap<string, LinkSample>;

export const CALM: LinkConditions = { cpuLimited: false, uplinkLimited: false, lossy: false, relayed: false };

/** So many readings are looked at … */
export const WINDOW = 4;
/** … and so many of them must agree. Something that took the machine for a second is not a condition. */
const ONSET = 3;

/** A copy counts as limited when it was for this share of the time. */
const MOST_OF_THE_TIME = 0.5;
/** From here on congestion control takes the loss for its own and sends less (draft-ietf-rmcat-gcc-02 §6). */
const LOSSY_FROM = 0.1;

interface CopyInterval {
  readonly before: CopySample;
  readonly now: CopySample;
}

/** What is to be seen of the links between two readings. */
export function readConditions(before: LinkSamples, now: LinkSamples): LinkConditions {
  const links = [...now].map(([id, link]) => ({ link, sent: sentBetween(before.get(id), link) }));
  const sent = links.flatMap((one) => one.sent);
  return {
    cpuLimited: sent.some((copy) => limitedShare(copy, 'cpu') >= MOST_OF_THE_TIME),
    uplinkLimited:
      sent.some((copy) => limitedShare(copy, 'bandwidth') >= MOST_OF_THE_TIME) && !uplinkHasRoom(links),
    lossy: smallestLoss(links) >= LOSSY_FROM,
    relayed: [...now.values()].some(({ relayed }) => relayed),
  };
}

/**
 * What to make of the last readings, oldest first: a condition begins when most of them show it, and ends when none of them does any
 * more.
 */
export function settledConditions(
  before: LinkConditions,
  readings: readonly LinkConditions[],
): LinkConditions {
  const last = readings.slice(-WINDOW);
  const settled = (condition: keyof LinkConditions): boolean => {
    const shown = last.filter((reading) => reading[condition]).length;
    return before[condition] ? shown > 0 || last.length < WINDOW : shown >= ONSET;
  };
  return {
    cpuLimited: settled('cpuLimited'),
    uplinkLimited: settled('uplinkLimited'),
    lossy: settled('lossy'),
    relayed: settled('relayed'),
  };
}

interface LinkInterval {
  readonly link: LinkSample;
  readonly sent: readonly CopyInterval[];
}

/** The copies that were sent: what is muted says nothing new. */
function sentBetween(before: LinkSample | undefined, now: LinkSample): CopyInterval[] {
  return [...now.copies].flatMap(([id, copy]) => {
    const earlier = before?.copies.get(id);
    return earlier !== undefined && copy.packetsSent > earlier.packetsSent
      ? [{ before: earlier, now: copy }]
      : [];
  });
}

function limitedShare({ before, now }: CopyInterval, reason: 'cpu' | 'bandwidth'): number {
  if (before.limitedS === null || now.limitedS === null) return now.limitation === reason ? 1 : 0;
  const limitedMs = ((now.limitedS[reason] ?? 0) - (before.limitedS[reason] ?? 0)) * 1000;
  return limitedMs / (now.timeMs - before.timeMs);
}

/**
 * Encoders say `bandwidth` of every cut, also of one that their own ceiling makes or the other end's downlink, which an SFU would not
 * mend. It is the uplink that all links share where they have, taken together, less than their copies want.
 */
function uplinkHasRoom(links: readonly LinkInterval[]): boolean {
  let availableBps = 0;
  let wantedBps = 0;
  for (const { link, sent } of links) {
    const wanted = sent.reduce((sum, { now }) => sum + now.wantedBps, 0);
    if (wanted === 0) continue;
    if (link.availableBps === null) return true;
    wantedBps += wanted;
    availableBps += link.availableBps;
  }
  return availableBps >= wantedBps;
}

/** What every link loses the uplink loses; what one of them loses alone is lost on the way to that participant. */
function smallestLoss(links: readonly LinkInterval[]): number {
  const losses = links.flatMap(({ sent }) => {
    const ofCopies = sent.flatMap(({ now }) => (now.lossShare === null ? [] : [now.lossShare]));
    return ofCopies.length === 0 ? [] : [Math.max(...ofCopies)];
  });
  return losses.length === 0 ? 0 : Math.min(...losses);
}
