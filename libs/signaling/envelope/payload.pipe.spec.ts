import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { DomainError } from '#kernel';
import { requests, type RequestName } from '#protocol';
import { PayloadPipe } from './payload.pipe.ts';

// Fits no id, no number and no enumeration.
const SECRET = 'tr0ub4dor & 3';

function refusalOf(schema: z.ZodType, payload: unknown): DomainError {
  try {
    new PayloadPipe(schema).transform(payload, { type: 'body' });
  } catch (error) {
    if (DomainError.is(error)) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('the payload pipe', () => {
  it('hands on what the schema makes of the payload', () => {
    const pipe = new PayloadPipe(
      z.strictObject({ name: z.string().trim(), kind: z.string().default('plain') }),
    );
    expect(pipe.transform({ name: ' x ' }, { type: 'body' })).toEqual({ name: 'x', kind: 'plain' });
  });

  it('parses payloads alone: the socket is none', () => {
    const socket = { id: 'socket' };
    expect(new PayloadPipe(z.never()).transform(socket, { type: 'custom' })).toBe(socket);
  });

  it('says where and what was expected', () => {
    const schema = z.strictObject({ list: z.array(z.strictObject({ age: z.number('expected an age') })) });
    expect(refusalOf(schema, { list: [{ age: 1 }, { age: 'x' }] })).toMatchObject({
      code: 'INVALID_PAYLOAD',
      message: 'list.1.age: expected an age',
      details: { issues: [{ path: 'list.1.age', expected: 'expected an age' }] },
    });
  });

  it('speaks of the payload where it is the whole of it', () => {
    expect(refusalOf(z.strictObject({}), { [SECRET]: 1 })).toMatchObject({
      message: 'the payload: no other keys',
      details: { issues: [{ path: '', expected: 'no other keys' }] },
    });
  });

  it('lists five issues at most', () => {
    const schema = z.array(z.number());
    expect(
      refusalOf(
        schema,
        Array.from({ length: 50 }, () => 'x'),
      ).details,
    ).toMatchObject({
      issues: { length: 5 },
    });
  });

  it('shortens keys that came with the payload', () => {
    const { details } = refusalOf(z.record(z.string(), z.number()), { ['k'.repeat(5000)]: 'x' });
    expect(details).toEqual({ issues: [{ path: 'k'.repeat(32), expected: expect.any(String) }] });
  });

  it.each(Object.keys(requests) as RequestName[])('repeats nothing of what came with %s', (name) => {
    const schema = requests[name].payload;
    const keys = Object.keys('shape' in schema ? schema.shape : {});
    const withAll = (value: unknown) => Object.fromEntries(keys.map((key) => [key, value]));
    const wrong = [
      SECRET,
      [SECRET],
      { [SECRET]: SECRET },
      { ...withAll(SECRET), [SECRET]: 1 },
      { ...withAll({ nested: SECRET, [SECRET]: 1 }), more: 1 },
      { ...withAll([SECRET]), more: 1 },
      // Names are refused for what they contain, not only for their type.
      { ...withAll(`${SECRET}\u0000`), more: 1 },
    ];
    for (const payload of wrong) {
      const { message, details } = refusalOf(schema, payload);
      expect(JSON.stringify({ message, details })).not.toContain(SECRET);
    }
  });
});
