import { MAX_MESSAGE_BYTES, requests } from '#protocol';
import type { Ack } from '#protocol';
import { failure } from './error-map.ts';
import { MAX_LEVELS, messageBytes } from './message-bytes.ts';

type AckFunction = (answer: Ack<never>) => void;

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
  const bytes = messageBytes(args[0]);
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
