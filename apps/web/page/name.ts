/** Room and display names: characters after NFC, counted as code points. */
export const MAX_NAME_CHARACTERS = 64;

// The protocol's rule for names, which stands there in a schema: the schema library is left out of this bundle.
// name.spec.ts proves that both agree.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cn}]|(?![\u200C\u200D])\p{Cf}/u;

export type NameProblem = 'empty' | 'too-long' | 'unprintable';

export type NameReading =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly problem: NameProblem };

/** Reads a room or display name as the server would: normalized to NFC, trimmed, 1 to 64 printable characters. */
export function readName(text: string): NameReading {
  const name = text.normalize('NFC').trim();
  if (name === '') return { ok: false, problem: 'empty' };
  if (UNPRINTABLE.test(name)) return { ok: false, problem: 'unprintable' };
  if ([...name].length > MAX_NAME_CHARACTERS) return { ok: false, problem: 'too-long' };
  return { ok: true, name };
}

/** What of a text can stand as a name; null if nothing can. */
export function salvageName(text: string): string | null {
  const printable = [...text.normalize('NFC')].filter((character) => !UNPRINTABLE.test(character)).join('');
  const reading = readName([...printable.trim()].slice(0, MAX_NAME_CHARACTERS).join(''));
  return reading.ok ? reading.name : null;
}
