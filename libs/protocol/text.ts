import { z } from 'zod';

/** Room and display names: characters after NFC, counted as code points. */
export const MAX_NAME_CHARACTERS = 64;

// Refused: control characters, lone surrogates, line and paragraph separators, unassigned code points, and the invisible format
// characters that reorder or hide text. The joiners U+200C and U+200D stay: Persian words and family emoji need them.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cn}]|(?![\u200C\u200D])\p{Cf}/u;

const printableName = (what: string) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1, `expected a ${what} of 1 to ${MAX_NAME_CHARACTERS} characters, got an empty one`)
    .refine((name) => [...name].length <= MAX_NAME_CHARACTERS, {
      message: `expected a ${what} of at most ${MAX_NAME_CHARACTERS} characters`,
    })
    .refine((name) => !UNPRINTABLE.test(name), {
      message: `expected a ${what} of printable characters`,
    });

/** Any printable Unicode, normalized to NFC and trimmed. */
export const roomNameSchema = printableName('room name')
  .brand<'RoomName'>()
  .describe(`Printable Unicode, 1 to ${MAX_NAME_CHARACTERS} characters after NFC and trimming`);
export type RoomName = z.infer<typeof roomNameSchema>;

/** Any printable Unicode, normalized to NFC and trimmed. Not unique. */
export const displayNameSchema = printableName('display name').describe(
  `Printable Unicode, 1 to ${MAX_NAME_CHARACTERS} characters after NFC and trimming`,
);
