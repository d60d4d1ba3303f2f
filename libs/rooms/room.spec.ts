import { beforeEach, describe, expect, it } from '@jest/globals';
import { epochSchema, participantIdSchema, roomNameSchema } from '#protocol';
import { RecordingOutlet } from './recording-outlet.ts';
import { Room } from './room.ts';

const NAME = roomNameSchema.parse('stand-up');
const NOBODY = participantIdSchema.parse('nobody');
const EPOCH = epochSchema.parse(1);

let outlet: RecordingOutlet;
let room: Room;

const admit = (displayName: string) =>
  room.admit({ sessionId: `session of ${displayName}`, displayName, sources: [] });

/** Admits and announces, as a join does. */
function join(displayName: string) {
  const participant = admit(displayName);
  room.announce(participant, [EPOCH]);
  return participant;
}

const seqsHeard = () => outlet.said.map(({ payload }) => (payload as { seq?: number }).seq);

beforeEach(() => {
  outlet = new RecordingOutlet();
  room = new Room(NAME, { maxParticipants: 3, topology: 'auto' }, outlet);
});

describe('a room', () => {
  it('makes whoever opens it the host, and everyone else a guest', () => {
    expect(['alice', 'bob', 'carol'].map((name) => join(name).role)).toEqual(['host', 'guest', 'guest']);
  });

  it('makes the next one the host after it was empty', () => {
    room.remove(join('alice').id, 'left');
    expect(join('bob').role).toBe('host');
  });

  it('reaches each participant through the session it came with', () => {
    const alice = join('alice');
    expect(outlet.attached).toEqual(new Map([[alice.id, 'session of alice']]));
  });

  it('gives everyone another id', () => {
    expect(new Set(['alice', 'alice', 'alice'].map((name) => join(name).id)).size).toBe(3);
  });

  it('is full when it holds as many as it may, and has room again when one leaves', () => {
    const [alice] = ['alice', 'bob', 'carol'].map(join);
    expect(() => admit('dave')).toThrow(
      expect.objectContaining({ code: 'ROOM_FULL', details: { maxParticipants: 3 } }),
    );
    expect(room.size).toBe(3);
    expect(outlet.attached.size).toBe(3);
    room.remove(alice?.id ?? NOBODY, 'left');
    expect(() => admit('dave')).not.toThrow();
  });

  it('tells the others of a newcomer, not the newcomer', () => {
    join('alice');
    const bob = join('bob');
    expect(outlet.said.at(-1)).toEqual({
      to: '*',
      name: 'participant:joined',
      payload: { seq: 2, participant: bob.info(), epochs: [1] },
      except: bob.id,
    });
  });

  it('numbers what it says, one by one, whatever it is', () => {
    const alice = join('alice');
    const bob = join('bob');
    room.update(alice.id, { displayName: 'Alice' });
    room.publishEach(
      'topology:prepare',
      new Map(
        [alice, bob].map(({ id }) => [
          id,
          { epoch: EPOCH, target: 'mesh' as const, reason: 'fits-mesh' as const, deadlineMs: 1, sfu: null },
        ]),
      ),
    );
    room.remove(bob.id, 'left');
    room.close('room-ended');
    expect(seqsHeard()).toEqual([1, 2, 3, 4, 4, 5, 6]);
  });

  it('does not number what concerns one participant alone', () => {
    const alice = join('alice');
    room.notify(alice.id, 'link:signaled', {
      from: NOBODY,
      epoch: EPOCH,
      signal: { type: 'candidate', candidate: null },
    });
    expect(room.snapshot().seq).toBe(1);
    expect(outlet.said.at(-1)).toMatchObject({
      to: alice.id,
      payload: expect.not.objectContaining({ seq: 1 }),
    });
  });

  it('gives a joiner the number of its own join', () => {
    expect(join('alice').joinedSeq).toBe(1);
    expect(join('bob').joinedSeq).toBe(2);
    expect(room.snapshot().seq).toBe(2);
  });

  it('forgets somebody whose join came to nothing, and never says a word of it', () => {
    join('alice');
    const said = outlet.said.length;
    const bob = admit('bob');
    room.withdraw(bob.id);
    expect(room.size).toBe(1);
    expect(outlet.attached.has(bob.id)).toBe(false);
    expect(outlet.said).toHaveLength(said);
    expect(room.snapshot().seq).toBe(1);
  });

  it('changes what was given, and keeps the rest', () => {
    const alice = join('alice');
    const sources = [{ source: 'mic' as const, muted: true }];
    room.update(alice.id, { sources });
    room.update(alice.id, { displayName: 'Alice' });
    expect(alice.info()).toMatchObject({ displayName: 'Alice', sources });
    expect(outlet.payloads('participant:updated')).toEqual([
      { seq: 2, participant: { ...alice.info(), displayName: 'alice' } },
      { seq: 3, participant: alice.info() },
    ]);
  });

  it('numbers hands in the order they went up, and a hand keeps its place while it is up', () => {
    const [alice, bob] = [join('alice'), join('bob')];
    room.update(bob.id, { handRaised: true });
    room.update(alice.id, { handRaised: true });
    room.update(bob.id, { handRaised: true });
    expect([alice, bob].map((one) => one.info().handSeq)).toEqual([4, 3]);
    room.update(bob.id, { handRaised: false });
    room.update(bob.id, { displayName: 'Bob' });
    expect(bob.info().handSeq).toBeNull();
    room.update(bob.id, { handRaised: true });
    expect([alice, bob].map((one) => one.info().handSeq)).toEqual([4, 8]);
  });

  it('does not change somebody who is not there', () => {
    expect(() => room.update(NOBODY, { displayName: 'x' })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    expect(outlet.said).toEqual([]);
  });

  it('says once that somebody left, and why, and does not say it to the leaver', () => {
    const [alice, bob] = [join('alice'), join('bob')];
    const said = outlet.said.length;
    expect(room.remove(bob.id, 'connection-lost')).toBe(true);
    expect(outlet.attached.has(bob.id)).toBe(false);
    expect(room.remove(bob.id, 'left')).toBe(false);
    expect(outlet.said.slice(said)).toEqual([
      {
        to: '*',
        name: 'participant:left',
        payload: { seq: 3, participantId: bob.id, reason: 'connection-lost' },
      },
    ]);
    expect(room.participants).toEqual([alice]);
  });

  it('tells everyone why it closes, and then nobody anything', () => {
    join('alice');
    join('bob');
    room.close('server-stopping');
    expect(outlet.payloads('room:closed')).toEqual([{ seq: 3, reason: 'server-stopping' }]);
    expect(outlet.attached.size).toBe(0);
    expect(room.size).toBe(0);
    room.close('left');
    expect(outlet.payloads('room:closed')).toHaveLength(1);
  });

  it('shows everyone in the order they joined', () => {
    const people = ['alice', 'bob', 'carol'].map(join);
    expect(room.snapshot()).toEqual({
      name: 'stand-up',
      seq: 3,
      maxParticipants: 3,
      topology: 'auto',
      visibility: 'private',
      participants: people.map((one) => one.info()),
    });
  });
});
