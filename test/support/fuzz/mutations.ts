import * as fc from 'fast-check';

/** What to do to a payload, at a place that is found by going down it: each number takes one of the keys. */
export type Mutation =
  | { readonly do: 'remove'; readonly path: readonly number[] }
  | { readonly do: 'replace'; readonly path: readonly number[]; readonly value: unknown }
  | { readonly do: 'add'; readonly path: readonly number[]; readonly key: string; readonly value: unknown };

const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
};

const oddText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202egnirts',
    '\ufeff',
    'a\u0301'.repeat(40),
    '👨‍👩‍👧‍👦'.repeat(12),
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '../../etc/passwd',
    "'; DROP TABLE rooms; --",
    '${process.exit()}',
    '__proto__',
    'x'.repeat(65),
    'x'.repeat(5000),
  ),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

const oddNumber = fc.oneof(
  fc.constantFrom(
    -1,
    -0,
    0,
    0.5,
    1e21,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.MAX_SAFE_INTEGER,
    2 ** 53,
    2 ** 31,
    -(2 ** 31),
    Number.MIN_VALUE,
  ),
  fc.integer(),
);

/** What is hardly ever right anywhere. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: oddText },
  { weight: 5, arbitrary: oddNumber },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { length: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(new Date(0), undefined, { toJSON: 'x' }) },
  { weight: 1, arbitrary: fc.constantFrom(nested(10), nested(33), nested(500)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(70_000), '😀'.repeat(20_000)) },
);

const oddKey = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'event',
    'data',
    'ok',
    '',
    '0',
  ),
  fc.string({ maxLength: 20 }),
);

const path = fc.array(fc.nat({ max: 20 }), { maxLength: 5 });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ do: fc.constant('remove' as const), path }),
  fc.record({ do: fc.constant('replace' as const), path, value: oddValue }),
  fc.record({ do: fc.constant('add' as const), path, key: oddKey, value: oddValue }),
);

export const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A copy of the payload to which that was done. */
export function mutate(payload: unknown, all: readonly Mutation[]): unknown {
  // A holder, so that the payload itself can be replaced too.
  const root = { payload: structuredClone(payload) };
  for (const one of all) mutateAt(root, one);
  return root.payload;
}

function mutateAt(root: { payload: unknown }, one: Mutation): void {
  let holder: Record<string, unknown> = root;
  let key = 'payload';
  for (const step of one.path) {
    const inner = holder[key];
    if (!isContainer(inner) || ArrayBuffer.isView(inner)) break;
    const keys = Object.keys(inner);
    const [next] = keys.slice(step % Math.max(1, keys.length));
    if (next === undefined) break;
    holder = inner;
    key = next;
  }
  const target = holder[key];
  // Cloned, so that a value that is put into itself does not go round in a circle.
  const value = one.do === 'remove' ? undefined : structuredClone(one.value);
  if (one.do === 'add' && Array.isArray(target)) {
    target.push(value);
  } else if (one.do === 'add' && isContainer(target) && !ArrayBuffer.isView(target)) {
    // Not by assignment, which would set the prototype where the key is `__proto__`.
    Object.defineProperty(target, one.key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else if (one.do === 'remove' && holder !== root) {
    Reflect.deleteProperty(holder, key);
  } else {
    holder[key] = value;
  }
}
