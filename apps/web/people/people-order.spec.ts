import { describe, expect, it } from '@jest/globals';
import type { CallSnapshot } from '#client';
import { participantIdSchema, type SourceState } from '#protocol';
import { distinctNames, peopleInOrder } from './people-order.ts';

type Other = Parameters<typeof peopleInOrder>[0]['participants'][number];

const other = (name: string, handSeq: number | null = null, sources: SourceState[] = []): Other => ({
  id: participantIdSchema.parse(name),
  displayName: name,
  role: 'guest',
  sources,
  handSeq,
});

const self = (handSeq: number | null = null): CallSnapshot['local'] => ({
  id: participantIdSchema.parse('me'),
  displayName: 'Me',
  role: 'host',
  permissions: [],
  sources: [],
  handSeq,
});

const namesIn = (local: CallSnapshot['local'], ...participants: Other[]): string[] =>
  peopleInOrder({ local, participants }).map(({ displayName, handPlace }) =>
    handPlace === null ? displayName : `${handPlace}. ${displayName}`,
  );

describe('the people of a call', () => {
  it('begin with oneself', () => {
    expect(namesIn(self(), other('Ada'), other('Ben'))).toEqual(['Me', 'Ada', 'Ben']);
  });

  it('have the hands first, in the order they went up', () => {
    expect(namesIn(self(9), other('Ada'), other('Ben', 12), other('Cleo', 4))).toEqual([
      '1. Cleo',
      '2. Me',
      '3. Ben',
      'Ada',
    ]);
  });

  it('are heard and seen when they send, and do not mute it', () => {
    const [, ada, ben] = peopleInOrder({
      local: self(),
      participants: [
        other('Ada', null, [{ source: 'mic', muted: false }]),
        other('Ben', null, [
          { source: 'mic', muted: true },
          { source: 'camera', muted: false },
        ]),
      ],
    });
    expect(ada).toMatchObject({ micIsOn: true, cameraIsOn: false, isSelf: false });
    expect(ben).toMatchObject({ micIsOn: false, cameraIsOn: true });
  });

  it('can be told apart where they have one name', () => {
    const people = ['a', 'b', 'c'].map((id, index) => ({
      id: participantIdSchema.parse(id),
      displayName: index === 1 ? 'Ben' : 'Ada',
    }));
    expect([...distinctNames(people).values()]).toEqual(['Ada', 'Ben', 'Ada (2)']);
  });
});
