import { z } from 'zod';
import { chatTextProblem, MAX_CHAT_CHARACTERS, normalizedChatText } from './chat-text.ts';
import { messageIdSchema, participantIdSchema } from './ids.ts';
import { displayNameSchema } from './text.ts';

/** A room keeps so many messages to everyone, and as many private ones, for whoever asks for them. */
export const CHAT_HISTORY_MESSAGES = 200;

/** Of each of the two it keeps fewer messages when those have more characters than this in all. */
export const CHAT_HISTORY_CHARACTERS = 100_000;

/** Text of one line or more, as plain text: nothing in it means anything to the server. */
export const chatTextSchema = z
  .string()
  .overwrite(normalizedChatText)
  .refine((text) => chatTextProblem(text) !== 'empty', {
    message: `expected a message of 1 to ${MAX_CHAT_CHARACTERS} characters, got an empty one`,
  })
  .refine((text) => chatTextProblem(text) !== 'too-long', {
    message: `expected a message of at most ${MAX_CHAT_CHARACTERS} characters`,
  })
  .refine((text) => chatTextProblem(text) !== 'unprintable', {
    message:
      'expected a message without control characters and without those that turn the direction of the text; line breaks and tabs may be in it',
  })
  .describe(
    `1 to ${MAX_CHAT_CHARACTERS} characters after NFC and trimming; line breaks and tabs may be in it. Plain text: show it as such`,
  );

const chatPersonSchema = z.strictObject({
  id: participantIdSchema,
  displayName: displayNameSchema.describe('As it was when the message was sent'),
});

export const chatMessageSchema = z.strictObject({
  id: messageIdSchema,
  from: chatPersonSchema,
  to: chatPersonSchema.nullable().describe('Whom it is private to; null: everyone'),
  text: z.string().describe('Plain text of one line or more: show it as such'),
  sentAt: z
    .int()
    .min(0)
    .describe('Milliseconds since 1970 by the server. Rises from one message of the room to the next'),
});
/** A message as those have it who may read it. */
export type ChatMessage = z.infer<typeof chatMessageSchema>;
