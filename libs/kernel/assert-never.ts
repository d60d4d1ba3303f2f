/** Makes a `switch` over a union total: a case that was forgotten does not type-check. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value: ${JSON.stringify(value)}`);
}
