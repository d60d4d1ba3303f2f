/** What must hold. Cheap, because it is checked some million times: jest's own expectations take a hundred times as long. */
export function ensure(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`expected ${what}`);
}

/** The same primitives, or lists of the same primitives. */
export function ensureSame(actual: unknown, expected: unknown, what: string): void {
  if (actual === expected) return;
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  ensure(Array.isArray(actual) && is === should, `${what}: ${should}, got ${is}`);
}
