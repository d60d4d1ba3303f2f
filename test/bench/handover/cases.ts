import type { SwitchRule } from '#client';

/**
 * What a run measures. `parity` is the product; `first-frame` and `break-first` are the naive ways to change over, in the same place;
 * `aborted` is the product when one of the two can never change over.
 */
export type CaseName = 'parity' | 'first-frame' | 'break-first' | 'aborted';

const NAMES: readonly CaseName[] = ['parity', 'first-frame', 'break-first', 'aborted'];

export interface BenchCase {
  readonly name: CaseName;
  readonly runs: number;
}

/**
 * Reads `parity,first-frame:10`: the cases, each with its own number of runs if it has one.
 * @throws Error that says what was expected
 */
export function readCases(given: string, defaultRuns: number): BenchCase[] {
  return given.split(',').map((one) => {
    const [name, count] = one.split(':');
    const known = NAMES.find((candidate) => candidate === name);
    const runs = count === undefined ? defaultRuns : Number(count);
    if (known === undefined || !Number.isInteger(runs) || runs < 1)
      throw new Error(
        `--cases: expected some of ${NAMES.join(',')}, each with a number of runs after a colon if it is not --runs, got ${one}`,
      );
    return { name: known, runs };
  });
}

export const ruleOf = (name: CaseName): SwitchRule => (name === 'aborted' ? 'parity' : name);

/** The cases in the order in which they are run: mixed, so that they meet the same machine. */
export function interleave(cases: readonly BenchCase[]): CaseName[] {
  return cases
    .flatMap(({ name, runs }, at) =>
      Array.from({ length: runs }, (_, run) => ({ name, at: (run + 0.5) / runs + at * 1e-6 })),
    )
    .toSorted((one, other) => one.at - other.at)
    .map(({ name }) => name);
}
