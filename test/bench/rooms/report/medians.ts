import { percentile } from '../../support/statistics.ts';

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Of each figure its median over the runs; `null` where there is none. */
export function medians<T extends object>(samples: readonly T[]): { readonly [Key in keyof T]: T[Key] } {
  const [first] = samples;
  if (first === undefined) throw new Error('expected one sample at least');
  const figures = Object.keys(first).map((key) => {
    const values = samples.map((sample) => (sample as Record<string, unknown>)[key]);
    const numbers = values.filter((value) => typeof value === 'number');
    return [key, numbers.length > 0 ? median(numbers) : values[0]];
  });
  return Object.fromEntries(figures) as { readonly [Key in keyof T]: T[Key] };
}
