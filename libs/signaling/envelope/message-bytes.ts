/** More than any request has. */
export const MAX_LEVELS = 32;

/**
 * As JSON in UTF-8. Binary attachments, which no request has, are counted as they are. Infinite beyond so many levels: whoever
 * goes down an endless nesting meets the end of the stack, here and in everything that handles the payload later.
 */
export function messageBytes(value: unknown, levels: number = MAX_LEVELS): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return Buffer.byteLength(JSON.stringify(value) ?? '');
  if (levels === 0) return Number.POSITIVE_INFINITY;
  const brackets = 2;
  let bytes = brackets;
  let members = 0;
  for (const [key, inner] of Object.entries(value)) {
    const colon = 1;
    if (!Array.isArray(value)) bytes += Buffer.byteLength(JSON.stringify(key)) + colon;
    bytes += messageBytes(inner, levels - 1);
    members += 1;
  }
  const commas = Math.max(0, members - 1);
  return bytes + commas;
}
