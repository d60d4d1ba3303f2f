import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/testing';
import { roomNameSchema, type HandoverRecord, type ParticipantId, type PathMeasure } from '#protocol';
import { Room } from '#rooms';
import { RecordingOutlet } from '#rooms/testing';
import { HandoverTimeline } from './handover-timeline.ts';

let clock: ManualClock;
let room: Room;
let timeline: HandoverTimeline;
let recorded: HandoverRecord[];

beforeEach(() => {
  recorded = [];
  room = new Room(roomNameSchema.parse('x'), { maxParticipants: 9, topology: 'auto' }, new RecordingOutlet());
  clock = new ManualClock();
  timeline = new HandoverTimeline(room, clock, (record) => recorded.push(record));
});

const join = (name: string): ParticipantId =>
  room.admit({ sessionId: name, displayName: name, sources: [] }).id;

function leave(id: ParticipantId): void {
  room.remove(id, 'left');
  timeline.left(id);
}

const measure = (participantId: ParticipantId, frozenMs = 0): PathMeasure => ({
  participantId,
  proof: 'parity',
  longestFrameIntervalMs: 40,
  steadyFrameIntervalMs: 40,
  frozenMs,
  concealedAudioMs: 0,
  steadyConcealedAudioMs: 0,
});

const begin = (): void => timeline.begun(2, 'mesh', 'sfu', 'exceeds-mesh');

describe('of what a receiver reports', () => {
  it('counts the first path from each of the others', () => {
    const [alice, bob] = [join('Alice'), join('Bob')];
    begin();
    timeline.settled(2);
    leave(bob);
    timeline.reported(alice, { epoch: 2, paths: [measure(bob, 1), measure(bob, 2), measure(alice, 3)] });
    expect(recorded).toMatchObject([{ reports: [{ paths: [measure(bob, 1)] }] }]);
  });

  it('counts nothing from people who were never there', () => {
    const alice = join('Alice');
    const stranger = join('Dave');
    leave(stranger);
    begin();
    timeline.settled(2);
    timeline.reported(alice, { epoch: 2, paths: [measure(stranger)] });
    expect(recorded).toMatchObject([{ reports: [{ participantId: alice, paths: [] }] }]);
  });

  it('counts who was there for a part of the handover only', () => {
    const alice = join('Alice');
    const early = join('Bob');
    begin();
    leave(early);
    const passer = join('Carol');
    leave(passer);
    const late = join('Dave');
    timeline.settled(2);
    const paths = [measure(early), measure(passer), measure(late)];
    timeline.reported(alice, { epoch: 2, paths });
    leave(late);
    expect(recorded).toMatchObject([{ reports: [{ participantId: alice, paths }] }]);
  });
});

describe('a room that closes', () => {
  it('does not take along a handover that somebody has yet to report of', () => {
    const alice = join('Alice');
    join('Bob');
    begin();
    timeline.settled(2);
    timeline.reported(alice, { epoch: 2, paths: [] });
    timeline.close();
    expect(recorded).toMatchObject([{ outcome: 'settled', reports: [{ participantId: alice }] }]);
    expect(clock.pending).toBe(0);
  });

  it('has had no handover where none has ended', () => {
    join('Alice');
    begin();
    timeline.close();
    expect(recorded).toEqual([]);
  });
});
