import type { Texts } from '../i18n/english.ts';

/** Who is there: by name while they are few. */
export function wordsForPresence(names: readonly string[], texts: Texts): string {
  const [first, second, third, ...others] = names;
  if (first === undefined) return texts.nobodyIsHere;
  if (second === undefined) return texts.oneIsHere(first);
  if (third === undefined) return texts.twoAreHere(first, second);
  if (others.length === 0) return texts.threeAreHere(first, second, third);
  return texts.manyAreHere(first, second, others.length + 1);
}
