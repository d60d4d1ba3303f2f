import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError } from '#kernel';
import type { ErrorCode } from '#protocol';

const MAX_ISSUES = 5;
const MAX_KEY_CHARACTERS = 32;

/** Parses a payload with its schema. The refusal says where and what was expected, and never repeats what came. */
export class PayloadPipe implements PipeTransform {
  readonly #schema: z.ZodType;

  constructor(schema: z.ZodType) {
    this.#schema = schema;
  }

  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    if (type !== 'body') return value;
    const parsed = this.#schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.slice(0, MAX_ISSUES).map((issue) => ({
      path: issue.path.map((key) => String(key).slice(0, MAX_KEY_CHARACTERS)).join('.'),
      expected: issue.code === 'unrecognized_keys' ? 'no other keys' : issue.message,
    }));
    const [first] = issues;
    const where = first === undefined || first.path === '' ? 'the payload' : first.path;
    throw new DomainError<ErrorCode>('INVALID_PAYLOAD', `${where}: ${first?.expected ?? 'does not fit'}`, {
      details: { issues },
    });
  }
}
