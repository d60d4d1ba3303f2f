import { describe, expect, it } from '@jest/globals';
import type { ParticipantId } from '#protocol';
import { arrange, INVITATION, OWN, screenOf, type Gathering } from './arrangement.ts';

const id = (name: string): ParticipantId => name as ParticipantId;
const [ada, ben, cleo] = [id('ada'), id('ben'), id('cleo')];
const gathering = (more: Partial<Gathering> = {}): Gathering => ({
  people: [ada, ben],
  sharing: [],
  invites: false,
  view: 'grid',
  pinned: null,
  speaker: null,
  ...more,
});

describe('arrange', () => {
  it('shows everybody in a grid, oneself last', () => {
    const people = [ada, ben, cleo];
    expect(arrange(gathering({ people }))).toEqual({ stage: null, rest: [...people, OWN], floats: false });
  });

  it('puts oneself in a corner of one or two others', () => {
    expect(arrange(gathering({ people: [ada] })).floats).toBe(true);
    expect(arrange(gathering())).toEqual({ stage: null, rest: [ada, ben, OWN], floats: true });
  });

  it('invites others while nobody is there', () => {
    expect(arrange(gathering({ people: [], invites: true })).rest).toEqual([OWN, INVITATION]);
  });

  it('gives the stage to the screen that was shared last, whatever the view', () => {
    const { stage, rest } = arrange(gathering({ sharing: [ben, ada], view: 'speaker', speaker: ada }));
    expect(stage).toBe(screenOf(ada));
    expect(rest).toEqual([screenOf(ben), OWN, ada, ben]);
  });

  it('gives it to what was pinned before anything else', () => {
    expect(arrange(gathering({ sharing: [ben], pinned: ada })).stage).toBe(ada);
    expect(arrange(gathering({ sharing: [ben, ada], pinned: screenOf(ben) })).stage).toBe(screenOf(ben));
    expect(arrange(gathering({ pinned: OWN })).stage).toBe(OWN);
  });

  it('forgets a pin whose person left or whose screen is no longer shared', () => {
    expect(arrange(gathering({ pinned: cleo })).stage).toBeNull();
    expect(arrange(gathering({ pinned: screenOf(ada) })).stage).toBeNull();
  });

  it('follows who speaks in the speaker view, or else has the first one large', () => {
    expect(arrange(gathering({ view: 'speaker', speaker: ben })).stage).toBe(ben);
    expect(arrange(gathering({ view: 'speaker' })).stage).toBe(ada);
    expect(arrange(gathering({ view: 'speaker', people: [], invites: true })).stage).toBeNull();
  });
});
