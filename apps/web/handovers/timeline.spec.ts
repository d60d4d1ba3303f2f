import { describe, expect, it } from '@jest/globals';
import { ADA, ALAN, GRACE, measureOf, recordOf } from './testing.ts';
import { addToTimeline, largestGaps, namesIn, pathsOf, withNames } from './timeline.ts';

const reportOf = (
  participantId: typeof ADA,
  displayName: string,
  gap: number | null,
  steady: number | null,
) => ({
  participantId,
  displayName,
  paths: [measureOf({ longestFrameIntervalMs: gap, steadyFrameIntervalMs: steady })],
});

describe('the timeline', () => {
  it('has the newest handover first, whichever way they came', () => {
    const timeline = addToTimeline(
      [recordOf({ epoch: 3 })],
      [recordOf({ epoch: 2 }), recordOf({ epoch: 4 })],
    );
    expect(timeline.map(({ epoch }) => epoch)).toEqual([4, 3, 2]);
  });

  it('has a handover once, as it was told last', () => {
    const timeline = addToTimeline([recordOf()], [recordOf({ message: 'newer' })]);
    expect(timeline).toHaveLength(1);
    expect(timeline[0]?.message).toBe('newer');
  });

  it('tells apart two handovers of one epoch in a room that was empty in between', () => {
    expect(addToTimeline([recordOf()], [recordOf({ startedAt: 99_000 })])).toHaveLength(2);
  });
});

describe('the paths of a handover', () => {
  const record = recordOf({
    reports: [
      reportOf(ADA, 'Ada', null, null),
      reportOf(ALAN, 'Alan', 80, 120),
      reportOf(GRACE, 'Grace', 110, 90),
    ],
  });

  it('begin with the largest gap, and end with whoever saw no picture', () => {
    expect(pathsOf(record).map(({ receiverId }) => receiverId)).toEqual([GRACE, ALAN, ADA]);
  });

  it('have a largest gap during the handover and one before, of whichever path', () => {
    expect(largestGaps(pathsOf(record))).toEqual({ during: 110, before: 120 });
  });

  it('have none where nobody saw a picture', () => {
    expect(largestGaps([])).toEqual({ during: null, before: null });
  });
});

describe('names', () => {
  const before = recordOf({ epoch: 2, reports: [reportOf(ALAN, 'Alan', 1, 1), reportOf(ADA, 'ada', 1, 1)] });
  const names = namesIn([before], [{ id: ADA, displayName: 'Ada' }]);

  it('are those of now, and of whoever has left those they had', () => {
    expect(Object.fromEntries(names)).toEqual({ [ADA]: 'Ada', [ALAN]: 'Alan' });
  });

  it('take the place of ids in what the server says, whatever signs they have', () => {
    const odd = new Map([...names, [GRACE, '$&']]);
    expect(withNames(`${ALAN} does not reach ${GRACE}: ICE failed`, odd)).toBe(
      'Alan does not reach $&: ICE failed',
    );
  });
});
