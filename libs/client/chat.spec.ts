import { beforeEach, describe, expect, it } from '@jest/globals';
import { messageIdSchema, participantIdSchema, type RequestInput } from '#protocol';
import { ChatLog } from './chat-log.ts';
import { Chat } from './chat.ts';

const ADA = participantIdSchema.parse('ada');
const BEN = participantIdSchema.parse('ben');

let sent: RequestInput<'chat:send'>[];
let changes: number;
let chat: Chat;

beforeEach(() => {
  sent = [];
  changes = 0;
  const log = new ChatLog();
  log.begin(ADA);
  chat = new Chat(
    log,
    (payload) => {
      sent.push(payload);
      const id = messageIdSchema.parse(`m${sent.length}`);
      const from = { id: ADA, displayName: 'Ada' };
      return Promise.resolve({
        message: { id, from, to: null, text: payload.text, sentAt: sent.length },
      });
    },
    () => {
      changes += 1;
    },
  );
});

describe('sending', () => {
  it('has the message among the others once the room has it', async () => {
    const message = await chat.send('hello');
    expect(message).toMatchObject({ text: 'hello', mine: true });
    expect(chat.messages).toEqual([message]);
    expect(changes).toBe(1);
  });

  it('goes to everyone, or to one', async () => {
    await chat.send('hello');
    await chat.send('psst', { to: BEN });
    expect(sent).toEqual([{ text: 'hello' }, { text: 'psst', to: BEN }]);
  });

  it.each([
    ['', 'expected a message of 1 to 4000 characters, got an empty one'],
    ['x'.repeat(100_000), 'expected a message of at most 4000 characters, got 100000'],
    [
      'a\u202eb',
      'expected a message without control characters and without those that turn the direction of the text',
    ],
  ])('does not ask the server for what it would refuse', async (text, message) => {
    await expect(chat.send(text)).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
      retryable: false,
      message,
    });
    expect(sent).toEqual([]);
  });
});
