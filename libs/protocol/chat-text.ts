// Apart from the schemas: browsers take these values along, and the schemas not.

/** A chat message: characters after NFC and trimming, counted as code points. */
export const MAX_CHAT_CHARACTERS = 4000;

// Refused: control characters but for line breaks and tabs, lone surrogates, and what turns the direction of the text after it, by
// which a link or a file name can be made to look like another. The marks U+200E, U+200F and U+061C stay: who writes Arabic or Hebrew
// needs them. What is merely invisible stays as well: people paste it without knowing.
const UNPRINTABLE = /(?![\n\t])\p{Cc}|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/gu;

export type ChatTextProblem = 'empty' | 'too-long' | 'unprintable';

/** As it is sent on: NFC, one kind of line break, and no space around it. */
export const normalizedChatText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\r\n|[\r\u0085\u2028\u2029]/g, '\n')
    .trim();

/** What keeps a normalized text from being sent; null if nothing does. */
export function chatTextProblem(text: string): ChatTextProblem | null {
  if (text === '') return 'empty';
  if ([...text].length > MAX_CHAT_CHARACTERS) return 'too-long';
  return text.search(UNPRINTABLE) === -1 ? null : 'unprintable';
}

/** The text without what would be refused in it. */
export const printableChatText = (text: string): string =>
  normalizedChatText(normalizedChatText(text).replaceAll(UNPRINTABLE, ''));
