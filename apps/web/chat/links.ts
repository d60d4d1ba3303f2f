export interface TextPart {
  readonly text: string;
  /** Where the text leads; null: nowhere. */
  readonly href: string | null;
}

// An address that begins with ASCII ends with it: in Korean and Japanese a particle follows without a space. Others, such as those of
// hosts in Hangul, end with the next space.
const ADDRESS = /\bhttps?:\/\/(?:[\u0021-\u007E]+|\S+)/giu;

/** What ends a sentence, or closes what was opened before the address. */
const ENDS = /[.,;:!?'"<>…。、，！？」』）】》]$/u;
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Takes a message apart into plain text and addresses that may be clicked: `http` and `https`, and no others. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutEnd(beforeMarkup(match[0]));
    const href = hrefOf(address);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/** An address has neither quotation marks nor angle brackets: they stand around it. */
const beforeMarkup = (address: string): string => address.replace(/[<>"].*$/su, '');

function withoutEnd(address: string): string {
  let rest = address;
  for (;;) {
    const last = rest.at(-1) ?? '';
    const opening = BRACKETS[last];
    const closesNothing = opening !== undefined && count(rest, last) > count(rest, opening);
    if (!closesNothing && !ENDS.test(rest)) return rest;
    rest = rest.slice(0, -1);
  }
}

const count = (text: string, character: string): number => text.split(character).length - 1;

/** Null for what is no address, and for one with a user's name in it: that is how one host is made to look like another. */
function hrefOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url.href : null;
}
