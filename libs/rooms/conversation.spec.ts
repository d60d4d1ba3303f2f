import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/testing';
import { participantIdSchema, roomNameSchema, type ChatMessage, type ParticipantId } from '#protocol';
import { Conversation } from './conversation.ts';
import type { Participant } from './participant.ts';
import { RecordingOutlet } from './recording-outlet.ts';
import { Room } from './room.ts';

const NOBODY = participantIdSchema.parse('nobody');

let clock: ManualClock;
let outlet: RecordingOutlet;
let room: Room;
let conversation: Conversation;

beforeEach(() => {
  clock = new ManualClock(1_700_000_000_000);
  outlet = new RecordingOutlet();
  room = new Room(roomNameSchema.parse('r'), { maxParticipants: 9, topology: 'auto' }, outlet);
  conversation = new Conversation(room, clock);
});

const join = (displayName: string): Participant =>
  room.admit({ sessionId: displayName, displayName, sources: [] });

const textsFor = (reader: ParticipantId): string[] =>
  conversation.messagesFor(reader).map(({ text }) => text);

const refused = (code: string) => expect.objectContaining({ code });

describe('a conversation', () => {
  it('tells everyone what is said to everyone, with who said it, and when', () => {
    const ada = join('Ada');
    const message = conversation.say(ada, 'hello');
    expect(message).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]{12}$/),
      from: { id: ada.id, displayName: 'Ada' },
      to: null,
      text: 'hello',
      sentAt: 1_700_000_000_000,
    });
    expect(outlet.said).toEqual([{ to: '*', name: 'chat:received', payload: { seq: 1, message } }]);
  });

  it('tells the one whom it is private to, and nobody else', () => {
    const [ada, ben] = [join('Ada'), join('Ben')];
    const message = conversation.say(ada, 'psst', ben.id);
    expect(message.to).toEqual({ id: ben.id, displayName: 'Ben' });
    expect(outlet.said).toEqual([{ to: ben.id, name: 'chat:whispered', payload: { message } }]);
  });

  it('is not held with somebody who is not there, or with oneself', () => {
    const ada = join('Ada');
    expect(() => conversation.say(ada, 'x', NOBODY)).toThrow(refused('NOT_FOUND'));
    expect(() => conversation.say(ada, 'x', ada.id)).toThrow(refused('NOT_FOUND'));
    expect(outlet.said).toEqual([]);
  });

  it('shows who comes later what was said to everyone, and its two what was private, in order', () => {
    const [ada, ben] = [join('Ada'), join('Ben')];
    conversation.say(ada, '1');
    conversation.say(ada, '2 to ben', ben.id);
    conversation.say(ben, '3 to ada', ada.id);
    conversation.say(ben, '4');
    const cleo = join('Cleo');
    expect(textsFor(cleo.id)).toEqual(['1', '4']);
    for (const { id } of [ada, ben]) expect(textsFor(id)).toEqual(['1', '2 to ben', '3 to ada', '4']);
  });

  it('gives each message a later time than the one before, also in one millisecond and when the clock is set back', () => {
    const ada = join('Ada');
    const sent: ChatMessage[] = [conversation.say(ada, 'a'), conversation.say(ada, 'b')];
    clock.advance(-60_000);
    sent.push(conversation.say(ada, 'c'));
    expect(sent.map(({ sentAt }) => sentAt - 1_700_000_000_000)).toEqual([0, 1, 2]);
  });

  it('keeps the name with which somebody said it', () => {
    const ada = join('Ada');
    conversation.say(ada, 'a');
    room.update(ada.id, { displayName: 'Augusta' });
    conversation.say(ada, 'b');
    room.remove(ada.id, 'left');
    conversation.forget(ada.id);
    const names = conversation.messagesFor(join('Ben').id).map(({ from }) => from.displayName);
    expect(names).toEqual(['Ada', 'Augusta']);
  });

  it('keeps the last 200 messages, and as many private ones', () => {
    const [ada, ben] = [join('Ada'), join('Ben')];
    for (let n = 1; n <= 201; n += 1) {
      conversation.say(ada, `all ${n}`);
      conversation.say(ben, `private ${n}`, ada.id);
      clock.advance(1000);
    }
    expect(textsFor(join('Cleo').id)).toEqual(Array.from({ length: 200 }, (_, n) => `all ${n + 2}`));
    expect(textsFor(ben.id)).toHaveLength(400);
  });

  it('forgets a private message when both its ends have left, and not before', () => {
    const [ada, ben, cleo] = [join('Ada'), join('Ben'), join('Cleo')];
    conversation.say(ada, 'to ben', ben.id);
    conversation.say(cleo, 'to ben, too', ben.id);
    const leave = ({ id }: Participant): void => {
      room.remove(id, 'left');
      conversation.forget(id);
    };
    leave(ada);
    expect(textsFor(ben.id)).toEqual(['to ben', 'to ben, too']);
    leave(ben);
    expect(textsFor(ben.id)).toEqual(['to ben, too']);
    expect(textsFor(cleo.id)).toEqual(['to ben, too']);
  });

  it('takes ten messages at once from one participant and then one a second, and says when', () => {
    const [ada, ben] = [join('Ada'), join('Ben')];
    for (let n = 0; n < 10; n += 1) conversation.say(ada, 'x', n % 2 === 0 ? ben.id : undefined);
    clock.advance(400);
    expect(() => conversation.say(ada, 'x')).toThrow(
      expect.objectContaining({
        code: 'RATE_LIMITED',
        details: { retryAfterMs: 600 },
        message: expect.stringContaining('try again in 600 ms'),
      }),
    );
    expect(() => conversation.say(ben, 'x')).not.toThrow();
    clock.advance(600);
    expect(() => conversation.say(ada, 'x')).not.toThrow();
  });

  it('passes reactions on, keeps none, and bounds their rate apart from that of messages', () => {
    const ada = join('Ada');
    for (let n = 0; n < 10; n += 1) conversation.react(ada, 'heart');
    expect(outlet.said.at(-1)).toEqual({
      to: '*',
      name: 'reaction:received',
      payload: { seq: 10, participantId: ada.id, reaction: 'heart' },
    });
    expect(() => conversation.react(ada, 'heart')).toThrow(
      expect.objectContaining({ code: 'RATE_LIMITED', details: { retryAfterMs: 500 } }),
    );
    expect(() => conversation.say(ada, 'x')).not.toThrow();
    expect(textsFor(ada.id)).toEqual(['x']);
  });
});
