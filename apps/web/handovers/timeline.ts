import type { HandoverRecord, ParticipantId, PathMeasure } from '#protocol';

/** What one receiver saw of one sender. */
export interface MeasuredPath {
  readonly receiverId: ParticipantId;
  readonly measure: PathMeasure;
}

/** Newest first, each once. Of one that is known already the newer account counts. */
export function addToTimeline(
  known: readonly HandoverRecord[],
  more: readonly HandoverRecord[],
): readonly HandoverRecord[] {
  const byKey = new Map([...known, ...more].map((record) => [keyOf(record), record]));
  return [...byKey.values()].toSorted((a, b) => b.startedAt - a.startedAt || b.epoch - a.epoch);
}

/** A room that was empty in between counts its epochs from one again. */
export function keyOf({ epoch, startedAt }: HandoverRecord): string {
  return `${epoch}@${startedAt}`;
}

/** Every path of a handover, that with the largest gap between pictures first, those without a picture last. */
export function pathsOf({ reports }: Pick<HandoverRecord, 'reports'>): readonly MeasuredPath[] {
  return reports
    .flatMap(({ participantId, paths }) => paths.map((measure) => ({ receiverId: participantId, measure })))
    .toSorted((a, b) => gapOf(b.measure) - gapOf(a.measure));
}

/** The largest gaps between pictures that anybody saw, in ms; null where nobody saw any. */
export function largestGaps(paths: readonly MeasuredPath[]): {
  readonly during: number | null;
  readonly before: number | null;
} {
  return {
    during: largest(paths.map(({ measure }) => measure.longestFrameIntervalMs)),
    before: largest(paths.map(({ measure }) => measure.steadyFrameIntervalMs)),
  };
}

/** Who is who: whoever reported anything, even if they have left since, and whoever is there. */
export function namesIn(
  records: readonly HandoverRecord[],
  present: readonly { readonly id: ParticipantId; readonly displayName: string }[],
): ReadonlyMap<string, string> {
  const reporters = records
    .toReversed()
    .flatMap(({ reports }) =>
      reports.map(({ participantId, displayName }) => [participantId, displayName] as const),
    );
  return new Map<string, string>([
    ...reporters,
    ...present.map(({ id, displayName }) => [id, displayName] as const),
  ]);
}

/** The server speaks of participants by their ids. */
export function withNames(message: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((text, [id, name]) => text.replaceAll(id, () => name), message);
}

const gapOf = ({ longestFrameIntervalMs }: PathMeasure): number => longestFrameIntervalMs ?? -1;

function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
