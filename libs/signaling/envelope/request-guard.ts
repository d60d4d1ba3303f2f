import { MAX_MESSAGE_BYTES, requests } from '#protocol';
import type { Ack } from '#protocol';
import { failure } from './error-map.ts';

type AckFunction = (answer: Ack<never>) => void;

/** More than any request has. */
const MAX_LEVELS = 32;

const isAck = (value: unknown): value is AckFunction => typeof value === 'function';

/**
 * Socket middleware (`socket.use`) in front of the gateways: what passes is a known request with exactly one payload and an ack.
 * Whatever else has an ack is answered with an error; what has none cannot be answered, and is dropped.
 */
export function guardRequest([name, ...args]: readonly unknown[], pass: () => void): void {
  const ack = args.pop();
  if (!isAck(ack)) return;
  if (typeof name !== 'string' || !Object.hasOwn(requests, name)) {
    ack(failure('UNKNOWN_EVENT', 'expected a request of the catalogue, there is none of that name'));
    return;
  }
  if (args.length !== 1) {
    ack(failure('INVALID_PAYLOAD', `expected one payload and an ack, got ${args.length} payloads`));
    return;
  }
  const bytes = messageBytes(args[0], MAX_LEVELS);
  if (bytes === Number.POSITIVE_INFINITY) {
    ack(
      failure('INVALID_PAYLOAD', `expected a payload of at most ${MAX_LEVELS} levels, it is nested deeper`),
    );
    return;
  }
  if (bytes > MAX_MESSAGE_BYTES) {
    const details = { maxBytes: MAX_MESSAGE_BYTES, bytes };
    ack(failure('PAYLOAD_TOO_LARGE', `expected at most ${MAX_MESSAGE_BYTES} bytes, got ${bytes}`, details));
    return;
  }
  pass();
}

/**
 * As JSON in UTF-8. Binary attachments, which no request has, are counted as they are. Infinite beyond so many levels: whoever
 * goes down an endless nesting meets the end of the stack, here and in everything that handles the payload later.
 */
function messageBytes(value: unknown, levels: number): number {
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
