/** From here on a pause in the picture is noticed. */
export const NOTICED_MS = 250;

/** So that the mark always has something on its right, and small gaps stay small. */
const SMALLEST_END_MS = 300;
/** Where one is much longer, the others should still be told apart; its figure says how long it was. */
const LARGEST_END_MS = 1000;
const STEP_MS = 50;

/** One scale for all pictures of the timeline, so that they can be compared by eye. It begins at 0. */
export class GapScale {
  readonly endMs: number;

  constructor(gaps: readonly number[]) {
    const longest = Math.max(0, ...gaps);
    const rounded = Math.ceil(longest / STEP_MS) * STEP_MS;
    this.endMs = Math.min(Math.max(rounded, SMALLEST_END_MS), LARGEST_END_MS);
  }

  /** How far along, in percent of the width, at most 100. */
  percent(ms: number): number {
    return Math.min(100, (ms / this.endMs) * 100);
  }

  isBeyond(ms: number): boolean {
    return ms > this.endMs;
  }
}
