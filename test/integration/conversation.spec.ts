// Chat, hands and reactions over real sockets: who is told what, what is kept for whom, and what is refused.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChatMessage, ParticipantId } from '#protocol';
import type { RunningServer } from '#server';
import { Guests, aRoom, caughtUp } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { RefusedError, type Session } from '../support/session.ts';
import { until } from '../support/until.ts';

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer();
});

afterEach(() => guests.leave());
afterAll(() => server.close());

const say = async (session: Session, text: string, to?: ParticipantId): Promise<ChatMessage> =>
  (await session.request('chat:send', { text, ...(to === undefined ? {} : { to }) })).message;

const historyOf = async (session: Session): Promise<ChatMessage[]> =>
  (await session.request('chat:history', {})).messages;

const textsOf = async (session: Session): Promise<string[]> =>
  (await historyOf(session)).map(({ text }) => text);

/** What a session has heard of a conversation, whatever it was. */
const heardOf = (session: Session): unknown[] =>
  session.heard
    .filter(({ name }) => name.startsWith('chat:') || name.startsWith('reaction:'))
    .map(({ name, payload }) => ({ name, payload }));

async function refusedWith(asked: Promise<unknown>): Promise<RefusedError> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof RefusedError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('a message to everyone', () => {
  it('is heard by all in one order, by its sender too, and by no other room', async () => {
    const room = aRoom();
    const people = [await guests.join(room, 'Alice'), await guests.join(room, 'Bob')] as const;
    const [alice, bob] = people;
    const elsewhere = await guests.join(aRoom(), 'Mallory');
    const sent = await Promise.all([
      ...Array.from({ length: 8 }, (_, n) => say(alice, `a${n}`)),
      ...Array.from({ length: 8 }, (_, n) => say(bob, `b${n}`)),
    ]);
    await caughtUp([...people, elsewhere]);
    const orders = people.map((one) => one.all('chat:received').map(({ message }) => message.id));
    expect(orders[0]).toHaveLength(16);
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[0]?.toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
    expect(heardOf(elsewhere)).toEqual([]);
    for (const one of people) {
      expect(one.seqs()).toEqual(one.seqs().toSorted((a, b) => a - b));
      expect(await historyOf(one)).toEqual(one.all('chat:received').map(({ message }) => message));
    }
  });

  it('arrives as it was typed, whatever it looks like', async () => {
    const [alice, bob] = await guests.two();
    for (const text of [
      '<img src=x onerror="alert(1)"><script>alert(2)</script>',
      'two\nlines\tand a tab',
      '${process.env} {{7*7}} %s __proto__ \\u0000',
      '👨‍👩‍👧 안녕 مرحبا',
    ]) {
      expect((await say(alice, text)).text).toBe(text);
      expect((await bob.next('chat:received')).message).toMatchObject({
        text,
        from: { displayName: 'Alice' },
      });
    }
  });

  it('waits for whoever comes later, as long as the room lives', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice');
    await say(alice, 'first');
    await say(alice, 'second');
    const bob = await guests.join(room, 'Bob');
    expect(await textsOf(bob)).toEqual(['first', 'second']);
    await alice.request('room:leave', {});
    const carol = await guests.join(room, 'Carol');
    expect((await historyOf(carol)).map(({ from }) => from.displayName)).toEqual(['Alice', 'Alice']);
    await bob.request('room:leave', {});
    await carol.request('room:leave', {});
    await until('the empty room to close', () => server.conference.counts().rooms === 0);
    expect(await textsOf(await guests.join(room, 'Dave'))).toEqual([]);
  });
});

describe('a private message', () => {
  it('never reaches a third: not when it is sent, not in the history, not by a number that is missing', async () => {
    const room = aRoom();
    const [alice, bob, carol] = [
      await guests.join(room, 'Alice'),
      await guests.join(room, 'Bob'),
      await guests.join(room, 'Carol'),
    ];
    const secret = await say(alice, 'secret', bob.id);
    const answer = await say(bob, 'secret, too', alice.id);
    await say(bob, 'to all');
    expect(secret).toMatchObject({
      from: { id: alice.id, displayName: 'Alice' },
      to: { id: bob.id, displayName: 'Bob' },
    });
    await caughtUp([alice, bob, carol]);
    expect(bob.all('chat:whispered').map(({ message }) => message)).toEqual([secret]);
    expect(alice.all('chat:whispered').map(({ message }) => message)).toEqual([answer]);
    expect(carol.all('chat:received')).toHaveLength(1);
    expect(JSON.stringify(carol.heard)).not.toContain('secret');
    const seqs = carol.seqs();
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => (seqs[0] ?? 0) + index));

    const dave = await guests.join(room, 'Dave');
    for (const third of [carol, dave]) expect(await textsOf(third)).toEqual(['to all']);
    for (const one of [alice, bob]) expect(await textsOf(one)).toEqual(['secret', 'secret, too', 'to all']);
  });

  it('is refused to somebody who is not there, or in another room, or oneself', async () => {
    const [alice, bob] = await guests.two();
    const stranger = await guests.join(aRoom(), 'Mallory');
    for (const to of [stranger.id, alice.id, 'nobody']) {
      expect(await alice.refusal('chat:send', { text: 'x', to })).toBe('NOT_FOUND');
    }
    await bob.request('room:leave', {});
    expect(await alice.refusal('chat:send', { text: 'x', to: bob.id })).toBe('NOT_FOUND');
    await caughtUp([alice, stranger]);
    expect([...heardOf(alice), ...heardOf(stranger)]).toEqual([]);
    expect(await textsOf(alice)).toEqual([]);
  });

  it('is not found by somebody who takes the name of one of its two', async () => {
    const room = aRoom();
    const [alice, bob] = await guests.two(room);
    await say(alice, 'secret', bob.id);
    await bob.request('room:leave', {});
    const other = await guests.join(room, 'Bob');
    expect(await textsOf(other)).toEqual([]);
    expect(await textsOf(alice)).toEqual(['secret']);
  });
});

describe('what is refused', () => {
  it('is text that is empty, too long or not printable, with the limit named', async () => {
    const [alice, bob] = await guests.two();
    const refusals = await Promise.all(
      [' \n ', 'x'.repeat(4001), 'x'.repeat(20_000), 'a\u202eb', 'a\u0000b'].map((text) =>
        refusedWith(say(alice, text)),
      ),
    );
    expect(refusals.map(({ code, retryable }) => ({ code, retryable }))).toEqual(
      refusals.map(() => ({ code: 'INVALID_PAYLOAD', retryable: false })),
    );
    expect(refusals.map(({ message }) => message)).toEqual([
      expect.stringContaining('got an empty one'),
      expect.stringContaining('at most 4000 characters'),
      expect.stringContaining('at most 4000 characters'),
      expect.stringContaining('turn the direction'),
      expect.stringContaining('without control characters'),
    ]);
    const huge = await refusedWith(say(alice, 'x'.repeat(100_000)));
    expect(huge).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', details: { maxBytes: 65_536 } });
    expect((await say(alice, '😀'.repeat(4000))).text).toHaveLength(8000);
    await caughtUp([bob]);
    expect(bob.all('chat:received')).toHaveLength(1);
  });

  it.each([
    ['messages', 'chat:send', { text: 'x' }, 'chat:received'],
    ['reactions', 'reaction:send', { reaction: 'heart' }, 'reaction:received'],
  ] as const)(
    'are %s that follow each other too fast, until it is said that they may again',
    async (_what, name, payload, heard) => {
      const [alice, bob] = await guests.two();
      const answers = await Promise.all(Array.from({ length: 40 }, () => alice.ask(name, payload)));
      const passed = answers.filter(({ ok }) => ok).length;
      // A busy machine may take long enough for one or two more.
      expect(passed).toBeGreaterThanOrEqual(10);
      expect(passed).toBeLessThan(20);
      for (const answer of answers) {
        if (answer.ok) continue;
        expect(answer.error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
        expect(answer.error.details?.['retryAfterMs']).toBeGreaterThan(0);
        expect(answer.error.details?.['retryAfterMs']).toBeLessThanOrEqual(1000);
      }
      expect(await bob.refusal(name, payload)).toBeUndefined();
      await caughtUp([bob]);
      expect(bob.all(heard)).toHaveLength(passed + 1);
      await until('there to be room again', async () => (await alice.ask(name, payload)).ok, {
        deadlineMs: 5000,
        everyMs: 50,
      });
    },
  );
});

describe('hands and reactions', () => {
  it('are seen by everyone: hands in their order, by newcomers too, reactions for the moment', async () => {
    const room = aRoom();
    const [alice, bob] = await guests.two(room);
    await bob.request('participant:update', { handRaised: true });
    await alice.request('participant:update', { handRaised: true });
    await bob.request('reaction:send', { reaction: 'applause' });
    expect(await alice.next('reaction:received')).toMatchObject({
      participantId: bob.id,
      reaction: 'applause',
    });
    const carol = await guests.join(room, 'Carol');
    const hands = (carol.joined?.room.participants ?? [])
      .filter(({ handSeq }) => handSeq !== null)
      .toSorted((one, other) => (one.handSeq ?? 0) - (other.handSeq ?? 0));
    expect(hands.map(({ displayName }) => displayName)).toEqual(['Bob', 'Alice']);
    await caughtUp([carol]);
    expect(heardOf(carol)).toEqual([]);

    const { participant } = await bob.request('participant:update', { handRaised: false });
    expect(participant.handSeq).toBeNull();
    const lowered = await carol.next('participant:updated');
    expect(lowered.participant).toMatchObject({ id: bob.id, handSeq: null });
  });

  it('are none but those of the list', async () => {
    const [alice] = await guests.two();
    for (const reaction of ['💩', '', 'toString', '<b>', 7]) {
      expect(await alice.refusal('reaction:send', { reaction })).toBe('INVALID_PAYLOAD');
    }
  });
});
