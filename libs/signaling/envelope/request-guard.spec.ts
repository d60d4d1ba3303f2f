import { describe, expect, it } from '@jest/globals';
import { MAX_MESSAGE_BYTES, type Ack } from '#protocol';
import { guardRequest } from './request-guard.ts';

/** What becomes of a packet: passed on, answered, or dropped. */
function guard(name: unknown, ...args: unknown[]): { passed: boolean; acks: Ack<never>[] } {
  const acks: Ack<never>[] = [];
  const ack = (answer: Ack<never>): void => void acks.push(answer);
  let passed = false;
  guardRequest([name, ...args.map((arg) => (arg === 'ACK' ? ack : arg))], () => {
    passed = true;
  });
  return { passed, acks };
}

const refused = (code: string) => ({
  passed: false,
  acks: [{ ok: false, error: expect.objectContaining({ code, retryable: false }) }],
});
const PASSED = { passed: true, acks: [] };
const DROPPED = { passed: false, acks: [] };

describe('the request guard', () => {
  it('passes a request of the catalogue with one payload and an ack, and leaves the ack to whoever handles it', () => {
    expect(guard('room:leave', {}, 'ACK')).toEqual(PASSED);
    expect(guard('room:join', 'not even an object', 'ACK')).toEqual(PASSED);
  });

  it.each([
    ['no arguments', []],
    ['a payload alone', [{}]],
    ['an ack that is not last', ['ACK', {}]],
    ['something else than a function for an ack', [{}, { apply: true }]],
  ])('drops what cannot be answered: %s', (_what, args) => {
    expect(guard('room:leave', ...args)).toEqual(DROPPED);
    expect(guard('room:sing', ...args)).toEqual(DROPPED);
  });

  it.each([
    'room:sing',
    '',
    'participant:joined',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    7,
    null,
  ])('refuses %j, which is no request', (name) => {
    expect(guard(name, {}, 'ACK')).toEqual(refused('UNKNOWN_EVENT'));
  });

  it.each([[[]], [[{}, {}]], [[{}, {}, {}]]])(
    'refuses another number of payloads than one: %j',
    (payloads) => {
      expect(guard('room:leave', ...payloads, 'ACK')).toEqual(refused('INVALID_PAYLOAD'));
    },
  );

  it('counts bytes of JSON in UTF-8', () => {
    const framing = JSON.stringify({ words: '' }).length;
    const fits = { words: 'é'.repeat((MAX_MESSAGE_BYTES - framing) / 2) };
    expect(Buffer.byteLength(JSON.stringify(fits))).toBe(MAX_MESSAGE_BYTES);
    expect(guard('room:leave', fits, 'ACK')).toEqual(PASSED);
    expect(guard('room:leave', { words: `${fits.words}x` }, 'ACK')).toEqual({
      passed: false,
      acks: [
        {
          ok: false,
          error: expect.objectContaining({
            code: 'PAYLOAD_TOO_LARGE',
            details: { maxBytes: MAX_MESSAGE_BYTES, bytes: MAX_MESSAGE_BYTES + 1 },
          }),
        },
      ],
    });
  });

  it('counts binary as it is', () => {
    expect(guard('room:leave', { blob: Buffer.alloc(MAX_MESSAGE_BYTES - 64) }, 'ACK')).toEqual(PASSED);
    expect(guard('room:leave', { blob: Buffer.alloc(MAX_MESSAGE_BYTES) }, 'ACK')).toEqual(
      refused('PAYLOAD_TOO_LARGE'),
    );
    expect(guard('room:leave', new Uint8Array(MAX_MESSAGE_BYTES + 1), 'ACK')).toEqual(
      refused('PAYLOAD_TOO_LARGE'),
    );
    expect(guard('room:leave', [Buffer.alloc(40_000), Buffer.alloc(40_000)], 'ACK')).toEqual(
      refused('PAYLOAD_TOO_LARGE'),
    );
  });

  it.each([
    ['nothing', {}],
    ['empty lists', [[], {}, [[]]]],
    ['text to escape', { 'a"\n\u2028': '"\\\r\n\u0000\ud800😀' }],
    ['numbers and the like', [0, -1.5, 1e21, true, false, null]],
    ['everything', { list: [1, 'two', { three: [4, null] }], '': { '': '' } }],
  ])('counts to the byte what JSON would take: %s', (_what, value) => {
    const padding = MAX_MESSAGE_BYTES - Buffer.byteLength(JSON.stringify([value, '']));
    expect(guard('room:leave', [value, 'x'.repeat(padding)], 'ACK')).toEqual(PASSED);
    expect(guard('room:leave', [value, 'x'.repeat(padding + 1)], 'ACK')).toEqual(
      refused('PAYLOAD_TOO_LARGE'),
    );
  });

  it('passes what is no JSON at all, for the schema to refuse', () => {
    expect(guard('room:leave', undefined, 'ACK')).toEqual(PASSED);
  });

  it.each([
    ['lists', (inner: unknown) => [inner]],
    ['objects', (inner: unknown) => ({ inner })],
  ])('refuses %s nested so deep that no stack would do', (_what, wrap) => {
    const nested = (levels: number): unknown => {
      let value = wrap(0);
      for (let level = 1; level < levels; level += 1) value = wrap(value);
      return value;
    };
    expect(guard('room:join', nested(32), 'ACK')).toEqual(PASSED);
    expect(guard('room:join', nested(33), 'ACK')).toEqual(refused('INVALID_PAYLOAD'));
    expect(guard('room:join', nested(500_000), 'ACK')).toEqual(refused('INVALID_PAYLOAD'));
  });
});
