import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { participantIdSchema } from '#protocol';
import { AwaitedAcks } from './awaited-acks.ts';

const ALICE = participantIdSchema.parse('00000000-0000-4000-8000-000000000001');
const BOB = participantIdSchema.parse('00000000-0000-4000-8000-000000000002');
const noAnswer = (): void => undefined;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('an acknowledgement', () => {
  it('ends the wait for it, and its timer', async () => {
    const acks = new AwaitedAcks();
    await acks.ask(ALICE, 4000, (acknowledge) => acknowledge());
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that does not come in time is an error', async () => {
    const acks = new AwaitedAcks();
    const asked = acks.ask(ALICE, 4000, noAnswer);
    jest.advanceTimersByTime(4000);
    await expect(asked).rejects.toThrow('within 4000 ms');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is not awaited from somebody who is gone, and from the others as before', async () => {
    const acks = new AwaitedAcks();
    const ofAlice = [acks.ask(ALICE, 4000, noAnswer), acks.ask(ALICE, 4000, noAnswer)];
    let answer = noAnswer;
    const ofBob = acks.ask(BOB, 4000, (acknowledge) => (answer = acknowledge));
    acks.giveUp(ALICE);
    for (const asked of ofAlice) await expect(asked).rejects.toThrow('gone');
    expect(jest.getTimerCount()).toBe(1);
    answer();
    await ofBob;
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that comes when nobody waits any more changes nothing', async () => {
    const acks = new AwaitedAcks();
    let answer = noAnswer;
    const asked = acks.ask(ALICE, 4000, (acknowledge) => (answer = acknowledge));
    acks.giveUp(ALICE);
    await expect(asked).rejects.toThrow('gone');
    answer();
    expect(jest.getTimerCount()).toBe(0);
  });
});
