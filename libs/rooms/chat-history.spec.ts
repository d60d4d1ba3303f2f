import { describe, expect, it } from '@jest/globals';
import { messageIdSchema, participantIdSchema, type ChatMessage } from '#protocol';
import { ChatHistory } from './chat-history.ts';

const ADA = { id: participantIdSchema.parse('ada'), displayName: 'Ada' };

const message = (text: string): ChatMessage => ({
  id: messageIdSchema.parse('m'),
  from: ADA,
  to: null,
  text,
  sentAt: 0,
});

function historyOf(limits: { messages: number; characters: number }, ...texts: readonly string[]) {
  const history = new ChatHistory(limits);
  for (const text of texts) history.add(message(text));
  return history;
}

const textsOf = (history: ChatHistory): string[] => history.messages.map(({ text }) => text);

describe('a chat history', () => {
  it('keeps so many messages, the last', () => {
    const history = historyOf({ messages: 3, characters: 100 }, 'a', 'b', 'c', 'd', 'e');
    expect(textsOf(history)).toEqual(['c', 'd', 'e']);
  });

  it('keeps fewer when they are long', () => {
    const history = historyOf({ messages: 3, characters: 10 }, '12345', '12345');
    expect(textsOf(history)).toEqual(['12345', '12345']);
    history.add(message('6'));
    expect(textsOf(history)).toEqual(['12345', '6']);
  });

  it('counts characters as people do: an emoji is one', () => {
    const history = historyOf({ messages: 9, characters: 4 }, '😀😀', '😀😀');
    expect(history.messages).toHaveLength(2);
  });

  it('keeps the last message, however long', () => {
    const history = historyOf({ messages: 3, characters: 10 }, 'a', 'x'.repeat(50));
    expect(textsOf(history)).toEqual(['x'.repeat(50)]);
  });

  it('has room again for what it was told to forget', () => {
    const history = historyOf({ messages: 9, characters: 6 }, 'aaa', 'bbb');
    history.keep(({ text }) => text !== 'bbb');
    history.add(message('ccc'));
    expect(textsOf(history)).toEqual(['aaa', 'ccc']);
  });
});
