import { distance } from 'fastest-levenshtein';

/** Short names (`PORT`, `HOST`) are too close to other programs' variables to call a neighbour a mistake. */
const SHORTEST_COMPARED_NAME = 6;

/** Variables that were surely meant for Switchyard and that it would not read. */
export function findMistypedNames(given: readonly string[], known: readonly string[]): string[] {
  const problems: string[] = [];
  for (const name of given) {
    if (known.includes(name)) continue;
    const bare = name.replace(/^SWITCHYARD_/, '');
    if (known.includes(bare)) {
      problems.push(`${name}: there is no such variable, its name is ${bare}`);
      continue;
    }
    const meant = known.find(
      (candidate) => candidate.length >= SHORTEST_COMPARED_NAME && distance(bare, candidate) <= 2,
    );
    if (meant !== undefined) problems.push(`${name}: there is no such variable, did you mean ${meant}?`);
    else if (bare !== name)
      problems.push(`${name}: there is no such variable, known are ${known.join(', ')}`);
  }
  return problems;
}
