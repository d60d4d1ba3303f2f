import { describe, expect, it } from '@jest/globals';
import type { ChatMessageView } from '#client';
import { messageIdSchema, participantIdSchema } from '#protocol';
import { beginsGroup } from './message-groups.ts';
import { shortCount, unreadCount } from './unread.ts';

const person = (name: string) => ({ id: participantIdSchema.parse(name), displayName: name });

const message = (sentAt: number, from = 'Ben', more: Partial<ChatMessageView> = {}): ChatMessageView => ({
  id: messageIdSchema.parse(`m${sentAt}`),
  from: person(from),
  to: null,
  text: 'x',
  sentAt,
  mine: from === 'Ada',
  ...more,
});

describe('what is unread', () => {
  it('are the messages of others since the last that was seen', () => {
    const messages = [message(1), message(2), message(3, 'Ada'), message(4), message(5)];
    expect(unreadCount(messages, 0)).toBe(4);
    expect(unreadCount(messages, 2)).toBe(2);
    expect(unreadCount(messages, 5)).toBe(0);
    expect(unreadCount([], 0)).toBe(0);
  });

  it('fits onto a button', () => {
    expect([1, 99, 100, 5000].map(shortCount)).toEqual(['1', '99', '99+', '99+']);
  });
});

describe('a group of messages', () => {
  it('begins with another sender, another receiver, another name, and after a pause', () => {
    const first = message(0);
    expect(beginsGroup(undefined, first)).toBe(true);
    expect(beginsGroup(first, message(1000))).toBe(false);
    expect(beginsGroup(first, message(1000, 'Cleo'))).toBe(true);
    expect(beginsGroup(first, message(1000, 'Ben', { to: person('Ada') }))).toBe(true);
    expect(beginsGroup(first, message(1000, 'Ben', { from: { ...person('Ben'), displayName: 'B' } }))).toBe(
      true,
    );
    expect(beginsGroup(first, message(300_001))).toBe(true);
  });
});
