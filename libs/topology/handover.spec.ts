import { describe, expect, it } from '@jest/globals';
import { epochSchema, participantIdSchema, type ParticipantId, type LiveTopology } from '#protocol';
import { transition, type HandoverEvent, type HandoverState, type Transition } from './handover.ts';

const [ALICE, BOB, CAROL, DAVE] = ['alice', 'bob', 'carol', 'dave'].map((id) =>
  participantIdSchema.parse(id),
) as [typeof NOBODY, typeof NOBODY, typeof NOBODY, typeof NOBODY];
const NOBODY = participantIdSchema.parse('nobody');
const MESH: LiveTopology = { topology: 'mesh', epoch: epochSchema.parse(1), reason: 'fits-mesh' };
const SFU: LiveTopology = { topology: 'sfu', epoch: epochSchema.parse(2), reason: 'exceeds-mesh' };
const STABLE: HandoverState = { phase: 'stable', live: MESH };

const begun = (...members: (typeof NOBODY)[]): HandoverEvent => ({
  type: 'begun',
  epoch: SFU.epoch,
  target: 'sfu',
  reason: 'exceeds-mesh',
  members,
});

const switched = (receiver: typeof NOBODY, sender: typeof NOBODY, epoch = SFU.epoch): HandoverEvent => ({
  type: 'switched',
  epoch,
  receiver,
  sender,
});

/** Where a series of events leads to, and the outcome of the last. */
const after = (...events: HandoverEvent[]): Transition =>
  events.reduce<Transition>(({ state }, event) => transition(state, event), {
    state: STABLE,
    outcome: { kind: 'none' },
  });

describe('a handover', () => {
  it('keeps the live topology until the last path has switched', () => {
    const almost = after(begun(ALICE, BOB), switched(ALICE, BOB));
    expect(almost).toMatchObject({ state: { phase: 'preparing', live: MESH }, outcome: { kind: 'none' } });
    expect(transition(almost.state, switched(BOB, ALICE))).toEqual({
      state: { phase: 'stable', live: SFU },
      outcome: { kind: 'settled', from: MESH, live: SFU, unreachable: [], failed: [] },
    });
  });

  it('counts a path that is reported twice once', () => {
    expect(after(begun(ALICE, BOB), switched(ALICE, BOB), switched(ALICE, BOB)).state.phase).toBe(
      'preparing',
    );
  });

  it('settles at once where nobody has a path to switch', () => {
    expect(after(begun(ALICE)).outcome).toMatchObject({ kind: 'settled', from: MESH, live: SFU });
  });

  it('waits for the paths to and from somebody who joins meanwhile', () => {
    const pair = [begun(ALICE, BOB), { type: 'joined', participantId: CAROL } as const];
    const old = after(...pair, switched(ALICE, BOB), switched(BOB, ALICE));
    expect(old.outcome.kind).toBe('none');
    const to = [switched(ALICE, CAROL), switched(BOB, CAROL)];
    const from = [switched(CAROL, ALICE), switched(CAROL, BOB)];
    expect(after(...pair, switched(ALICE, BOB), switched(BOB, ALICE), ...to, ...from).outcome.kind).toBe(
      'settled',
    );
    expect(after(...pair, switched(ALICE, BOB), switched(BOB, ALICE), ...to).outcome.kind).toBe('none');
    expect(after(...pair, switched(ALICE, BOB), switched(BOB, ALICE), ...from).outcome.kind).toBe('none');
  });

  it('settles when those leave who were missing', () => {
    const events = [begun(ALICE, BOB, CAROL), switched(ALICE, BOB), switched(BOB, ALICE)];
    expect(after(...events, { type: 'left', participantId: CAROL }).outcome.kind).toBe('settled');
  });

  it('says at its deadline who is missing, and goes back', () => {
    const events = [
      begun(ALICE, BOB, CAROL),
      switched(ALICE, BOB),
      switched(ALICE, CAROL),
      switched(BOB, ALICE),
    ];
    expect(after(...events, { type: 'deadline', epoch: SFU.epoch, canStay: true })).toEqual({
      state: STABLE,
      outcome: {
        kind: 'aborted',
        epoch: SFU.epoch,
        target: 'sfu',
        reason: 'deadline',
        failed: [
          { receiver: BOB, sender: CAROL, cause: 'no report in time' },
          { receiver: CAROL, sender: ALICE, cause: 'no report in time' },
          { receiver: CAROL, sender: BOB, cause: 'no report in time' },
        ],
        switched: true,
      },
    });
  });

  it('goes back when a path fails, and says which', () => {
    const failed = {
      type: 'failed',
      epoch: SFU.epoch,
      receiver: ALICE,
      sender: BOB,
      cause: 'ICE failed',
      canStay: true,
    } as const;
    expect(after(begun(ALICE, BOB), failed)).toEqual({
      state: STABLE,
      outcome: expect.objectContaining({
        kind: 'aborted',
        reason: 'path-failed',
        failed: [{ receiver: ALICE, sender: BOB, cause: 'ICE failed' }],
        switched: false,
      }),
    });
  });

  it('goes on to the SFU without somebody whom it does not reach, when it cannot stay', () => {
    const events = [begun(ALICE, BOB, CAROL), switched(ALICE, BOB), switched(BOB, ALICE)];
    const { outcome } = after(...events, { type: 'deadline', epoch: SFU.epoch, canStay: false });
    expect(outcome).toMatchObject({ kind: 'settled', live: SFU, unreachable: [CAROL] });
  });

  it('does not go on when nobody would be left to talk to', () => {
    const { outcome } = after(begun(ALICE, BOB), { type: 'deadline', epoch: SFU.epoch, canStay: false });
    expect(outcome).toMatchObject({ kind: 'aborted', reason: 'deadline' });
  });

  it('waits for the paths of the others before it goes on without somebody', () => {
    const failed = (receiver: ParticipantId, sender: ParticipantId) =>
      ({ type: 'failed', epoch: SFU.epoch, receiver, sender, cause: 'x', canStay: false }) as const;
    const lost = [failed(CAROL, ALICE), failed(CAROL, BOB), failed(ALICE, CAROL), failed(BOB, CAROL)];
    expect(after(begun(ALICE, BOB, CAROL), ...lost).outcome.kind).toBe('none');
    const rest = [switched(ALICE, BOB), switched(BOB, ALICE)];
    expect(after(begun(ALICE, BOB, CAROL), ...lost, ...rest).outcome).toMatchObject({
      kind: 'settled',
      unreachable: [CAROL],
    });
  });

  it('counts a path that is reported failed twice once: nobody makes others unreachable', () => {
    const failed = (sender: ParticipantId) =>
      ({ type: 'failed', epoch: SFU.epoch, receiver: CAROL, sender, cause: 'x', canStay: false }) as const;
    const lies = [failed(ALICE), failed(BOB), failed(ALICE), failed(BOB)];
    const rest = [switched(ALICE, BOB), switched(ALICE, CAROL), switched(BOB, ALICE), switched(BOB, CAROL)];
    expect(after(begun(ALICE, BOB, CAROL), ...lies, ...rest).outcome).toMatchObject({
      kind: 'settled',
      unreachable: [CAROL],
      failed: [{ sender: ALICE }, { sender: BOB }],
    });
  });

  it('takes a path that switched after all for what it is', () => {
    const failed = (sender: ParticipantId) =>
      ({ type: 'failed', epoch: SFU.epoch, receiver: CAROL, sender, cause: 'x', canStay: false }) as const;
    const all = [CAROL, ALICE, BOB];
    const rest = all.flatMap((one) =>
      all.filter((other) => other !== one).map((other) => switched(one, other)),
    );
    expect(after(begun(...all), failed(ALICE), failed(BOB), ...rest).outcome).toMatchObject({
      kind: 'settled',
      unreachable: [],
      failed: [],
    });
  });

  it.each([
    ['superseded', { type: 'superseded' }, 'superseded'],
    ['its media lost', { type: 'media-lost', epoch: SFU.epoch }, 'media-unavailable'],
  ] as const)('goes back when it is %s', (_what, event, reason) => {
    expect(after(begun(ALICE, BOB), event)).toMatchObject({
      state: STABLE,
      outcome: { kind: 'aborted', epoch: SFU.epoch, target: 'sfu', reason, switched: false },
    });
    expect(after(begun(ALICE, BOB), switched(ALICE, BOB), event)).toMatchObject({
      outcome: { kind: 'aborted', switched: true },
    });
  });

  it('is one at a time', () => {
    const { state } = after(begun(ALICE, BOB));
    const another = { ...begun(ALICE, BOB), epoch: epochSchema.parse(3) } as HandoverEvent;
    expect(transition(state, another)).toEqual({ state, outcome: { kind: 'none' } });
  });

  it('does not wait for somebody whose join is told twice to see themselves', () => {
    const joined = { type: 'joined', participantId: BOB } as const;
    expect(after(begun(ALICE, BOB), joined, switched(ALICE, BOB), switched(BOB, ALICE)).outcome.kind).toBe(
      'settled',
    );
  });

  it.each<[string, HandoverEvent]>([
    ['a path of another epoch', switched(BOB, ALICE, MESH.epoch)],
    [
      'a failure of another epoch',
      { type: 'failed', epoch: MESH.epoch, receiver: BOB, sender: ALICE, cause: 'x', canStay: true },
    ],
    ['the deadline of another epoch', { type: 'deadline', epoch: MESH.epoch, canStay: true }],
    ['media lost in another epoch', { type: 'media-lost', epoch: MESH.epoch }],
    ['a path of somebody unknown', switched(NOBODY, ALICE)],
    ['a path to somebody unknown', switched(ALICE, DAVE)],
    ['a path to oneself', switched(ALICE, ALICE)],
    ['the leave of somebody unknown', { type: 'left', participantId: DAVE }],
  ])('is not moved by %s', (_what, event) => {
    const { state } = after(begun(ALICE, BOB, CAROL));
    expect(transition(state, event)).toEqual({ state, outcome: { kind: 'none' } });
  });
});

describe('a stable topology', () => {
  it.each<HandoverEvent>([
    { type: 'joined', participantId: ALICE },
    { type: 'left', participantId: ALICE },
    switched(ALICE, BOB, MESH.epoch),
    { type: 'failed', epoch: MESH.epoch, receiver: ALICE, sender: BOB, cause: 'x', canStay: true },
    { type: 'deadline', epoch: MESH.epoch, canStay: true },
    { type: 'superseded' },
    { type: 'media-lost', epoch: MESH.epoch },
  ])('is not moved by $type', (event) => {
    expect(transition(STABLE, event)).toEqual({ state: STABLE, outcome: { kind: 'none' } });
  });
});
