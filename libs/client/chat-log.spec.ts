import { beforeEach, describe, expect, it } from '@jest/globals';
import { messageIdSchema, participantIdSchema, type ChatMessage } from '#protocol';
import { ChatLog } from './chat-log.ts';

const ADA = participantIdSchema.parse('ada');
const BEN = participantIdSchema.parse('ben');

const message = (sentAt: number, from = BEN): ChatMessage => ({
  id: messageIdSchema.parse(`m${sentAt}`),
  from: { id: from, displayName: 'somebody' },
  to: null,
  text: `said at ${sentAt}`,
  sentAt,
});

let log: ChatLog;

beforeEach(() => {
  log = new ChatLog();
  log.begin(ADA);
});

const times = (): number[] => log.snapshot.messages.map(({ sentAt }) => sentAt);

describe('the chat log', () => {
  it('has each message once, in order, whichever way it came first', () => {
    expect(log.add(message(3))).toMatchObject({ sentAt: 3 });
    log.addPast([message(1), message(2), message(3)]);
    expect(log.add(message(2))).toBeNull();
    expect(times()).toEqual([1, 2, 3]);
  });

  it('knows what is one’s own, also after one has become somebody new to the server', () => {
    log.add(message(1, ADA));
    log.begin(participantIdSchema.parse('ada-again'));
    log.addPast([message(1, ADA), message(2, ADA), message(3)]);
    expect(log.snapshot.messages.map(({ mine }) => mine)).toEqual([true, true, false]);
  });

  it('keeps what it has while the past is asked for again, or is not to be had', () => {
    expect(log.snapshot.past).toBe('loading');
    log.addPast([message(1)]);
    expect(log.snapshot.past).toBe('known');
    log.begin(ADA);
    expect(log.snapshot.past).toBe('loading');
    log.pastIsUnknown();
    expect(log.snapshot).toMatchObject({ past: 'unknown', messages: [{ sentAt: 1 }] });
  });

  it('is another object after a change, and the same after none', () => {
    const { messages } = log.snapshot;
    log.add(message(1));
    const { snapshot } = log;
    expect(snapshot.messages).not.toBe(messages);
    log.add(message(1));
    expect(log.snapshot).toBe(snapshot);
  });

  it('does not grow for ever', () => {
    log.addPast(Array.from({ length: 1500 }, (_, n) => message(n)));
    expect(log.snapshot.messages).toHaveLength(1000);
    expect(times()[0]).toBe(500);
  });
});
