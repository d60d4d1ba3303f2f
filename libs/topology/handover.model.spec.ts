// The handover against a model of it. A failure prints the commands, shrunk, with `seed`, `path` and `replayPath`: give the first two
// to `fc.assert` and the third to `fc.commands`, and the same run comes back.
// Node's assert, because this checks some million times, and jest's takes ten times as long.
import assert from 'node:assert/strict';
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { epochSchema, participantIdSchema, type ParticipantId, type Topology } from '#protocol';
import { transition, type HandoverEvent, type HandoverState } from './handover.ts';
import { HandoverModel } from './testing/handover-model.ts';

const SEQUENCES = 20_000;
const PEOPLE = ['a', 'b', 'c', 'd', 'e'].map((id) => participantIdSchema.parse(id));

interface Machine {
  state: HandoverState;
}

/** How often something came about, over all sequences. */
const seen = new Map<string, number>();
const saw = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

/** One or more events in a row, made for the state that the model is in. */
class Step implements fc.Command<HandoverModel, Machine> {
  readonly #what: string;
  readonly #events: (model: HandoverModel) => readonly HandoverEvent[];

  constructor(what: string, events: (model: HandoverModel) => readonly HandoverEvent[]) {
    this.#what = what;
    this.#events = events;
  }

  check(): boolean {
    return true;
  }

  run(model: HandoverModel, machine: Machine): void {
    for (const event of this.#events(model)) machine.state = after(machine.state, event, model);
  }

  toString(): string {
    return this.#what;
  }
}

/** Lets the machine and the model take the same event, and compares them. */
function after(before: HandoverState, event: HandoverEvent, model: HandoverModel): HandoverState {
  const { live, underWay } = model;
  const expected = model.expect(event);
  const { state, outcome } = transition(before, event);

  assert.equal(outcome.kind, expected.kind);
  if (underWay !== null && (event.type === 'joined' || event.type === 'left')) saw(`${event.type} meanwhile`);
  if ('epoch' in event && event.type !== 'begun' && event.epoch < model.epochs) saw('late');
  if (outcome.kind === 'settled' && expected.kind === 'settled') {
    saw(outcome.unreachable.length > 0 ? 'settled without somebody' : 'settled');
    assert.deepEqual(outcome.from, live);
    assert.deepEqual(outcome.live, model.live);
    assert.ok(outcome.live.epoch > live.epoch, 'epochs only rise');
    sameSet(outcome.unreachable, expected.unreachable);
    sameSet(outcome.failed.map(wording), expected.failed.map(wording));
  }
  if (outcome.kind === 'aborted' && expected.kind === 'aborted') {
    saw(outcome.reason);
    assert.equal(outcome.reason, expected.reason);
    assert.equal(outcome.epoch, underWay?.epoch ?? model.epochs);
    sameSet(outcome.failed.map(wording), expected.failed.map(wording));
    // Who and what was missing, always: nobody is left to wonder.
    if (outcome.reason === 'deadline' || outcome.reason === 'path-failed')
      assert.notEqual(outcome.failed.length, 0);
  }

  // Always exactly one live topology, and never one that did not settle.
  assert.deepEqual(state.live, model.live);
  assert.equal(state.phase, model.underWay === null ? 'stable' : 'preparing');
  if (state.phase === 'preparing') {
    assert.ok(state.epoch > state.live.epoch, 'epochs only rise');
    sameSet([...state.members], [...model.present]);
    const awaited = [...state.awaited].flatMap(([receiver, senders]) =>
      [...senders].map((sender) => `${receiver}<${sender}`),
    );
    // Nobody who left is awaited, nobody awaits oneself, and somebody who is there can still end it.
    sameSet(
      awaited,
      model.awaited.map(({ receiver, sender }) => `${receiver}<${sender}`),
    );
    assert.notEqual(awaited.length, 0);
  }
  return state;
}

const wording = ({ receiver, sender, cause }: { receiver: string; sender: string; cause: string }): string =>
  `${receiver}<${sender}: ${cause}`;

function sameSet(actual: readonly string[], expected: readonly string[]): void {
  assert.equal(actual.length, expected.length);
  const wanted = new Set(expected);
  for (const one of actual) assert.ok(wanted.has(one), one);
}

const person = fc.constantFrom(...PEOPLE);
/** How many epochs an event is late. */
const ago = fc.constantFrom(0, 0, 0, 0, 1, 2);
const epochOf = (model: HandoverModel, epochsAgo: number) =>
  epochSchema.parse(Math.max(1, model.epochs - epochsAgo));

const begin = fc.constantFrom<Topology>('mesh', 'sfu').map(
  (target) =>
    new Step(`begin ${target}`, ({ present, underWay, epochs }) => {
      if (present.size === 0) return [];
      // A handover is never begun during another; if it were, nothing may come of it.
      const epoch = epochSchema.parse(epochs + 1);
      if (underWay === null) saw(`towards ${target}`);
      return [{ type: 'begun', epoch, target, reason: 'room-setting', members: [...present] }];
    }),
);

const comeOrGo = person.map(
  (who) =>
    new Step(`${who} comes or goes`, ({ present }) => [
      { type: present.has(who) ? 'left' : 'joined', participantId: who },
    ]),
);

const joinAgain = person.map(
  (who) =>
    new Step(`${who} joins again`, ({ present }) =>
      present.has(who) ? [{ type: 'joined', participantId: who }] : [],
    ),
);

const leaveAgain = person.map(
  (who) => new Step(`${who} leaves, there or not`, () => [{ type: 'left', participantId: who }]),
);

const switched = fc
  .tuple(person, person, ago)
  .map(
    ([receiver, sender, late]) =>
      new Step(`${receiver} switched ${sender}, ${late} epochs late`, (model) => [
        { type: 'switched', epoch: epochOf(model, late), receiver, sender },
      ]),
  );

/** It cannot, more often than not: that is the longer story. */
const canStayOrNot = fc.constantFrom(true, false, false);

const failed = fc
  .tuple(person, person, ago, canStayOrNot)
  .map(
    ([receiver, sender, late, canStay]) =>
      new Step(`${receiver} lost ${sender}, ${late} epochs late, can stay: ${canStay}`, (model) => [
        { type: 'failed', epoch: epochOf(model, late), receiver, sender, cause: `no route ${late}`, canStay },
      ]),
  );

/** Mostly one person who gets nothing and whom nobody gets. */
const allSwitchedBut = fc
  .oneof(
    { weight: 2, arbitrary: person.map((one) => [one, one] as const) },
    { weight: 1, arbitrary: fc.tuple(person, person) },
  )
  .map(
    ([receiver, sender]) =>
      new Step(`all but ${receiver} switched, and all but the paths from ${sender}`, (model) =>
        pairs(model)
          .filter((path) => path.receiver !== receiver && path.sender !== sender)
          .map((path) => ({ type: 'switched', epoch: epochOf(model, 0), ...path })),
      ),
  );

const allLost = fc.tuple(person, canStayOrNot).map(
  ([receiver, canStay]) =>
    new Step(`${receiver} lost everyone, can stay: ${canStay}`, (model) =>
      pairs(model)
        .filter((path) => path.receiver === receiver)
        .map((path) => ({
          type: 'failed',
          epoch: epochOf(model, 0),
          cause: 'DTLS failed',
          canStay,
          ...path,
        })),
    ),
);

const cutOff = fc.tuple(person, canStayOrNot).map(
  ([one, canStay]) =>
    new Step(`${one} is cut off, all others switched, can stay: ${canStay}`, (model) =>
      pairs(model).map((path) => {
        const isCut = path.receiver === one || path.sender === one;
        const common = { epoch: epochOf(model, 0), ...path };
        return isCut
          ? { type: 'failed', cause: 'ICE failed', canStay, ...common }
          : { type: 'switched', ...common };
      }),
    ),
);

const deadline = fc
  .tuple(ago, canStayOrNot)
  .map(
    ([late, canStay]) =>
      new Step(`deadline, ${late} epochs late, can stay: ${canStay}`, (model) => [
        { type: 'deadline', epoch: epochOf(model, late), canStay },
      ]),
  );

const mediaLost = ago.map(
  (late) =>
    new Step(`media lost, ${late} epochs late`, (model) => [
      { type: 'media-lost', epoch: epochOf(model, late) },
    ]),
);

const superseded = fc.constant(new Step('superseded', () => [{ type: 'superseded' }]));

function pairs({ present }: HandoverModel): { receiver: ParticipantId; sender: ParticipantId }[] {
  return [...present].flatMap((receiver) =>
    [...present].filter((sender) => sender !== receiver).map((sender) => ({ receiver, sender })),
  );
}

// Written as often as they shall come: begin and switch most.
const sequences = fc.commands(
  [begin, begin, comeOrGo, comeOrGo, switched, switched, switched, allSwitchedBut, allSwitchedBut].concat([
    failed,
    failed,
    allLost,
    cutOff,
    deadline,
    mediaLost,
    superseded,
    joinAgain,
    leaveAgain,
  ]),
  { maxCommands: 40, size: 'max' },
);

function run(commands: Iterable<fc.Command<HandoverModel, Machine>>): void {
  const model = new HandoverModel(PEOPLE.slice(0, 2));
  const machine: Machine = { state: { phase: 'stable', live: model.live } };
  fc.modelRun(() => ({ model, real: machine }), commands);
  // Nothing waits for ever: whatever happened, it is over once everyone who is there has switched.
  for (const { receiver, sender } of pairs(model)) {
    const epoch = epochOf(model, 0);
    machine.state = after(machine.state, { type: 'switched', epoch, receiver, sender }, model);
  }
  assert.equal(machine.state.phase, 'stable');
}

it(`does what the model says in ${SEQUENCES} sequences of whatever can happen`, () => {
  fc.assert(fc.property(sequences, run), { numRuns: SEQUENCES });
  // The property would be worth little if hardly a sequence came that far.
  const outcomes = [
    'settled',
    'settled without somebody',
    'deadline',
    'path-failed',
    'superseded',
    'media-unavailable',
  ];
  for (const what of [
    ...outcomes,
    'joined meanwhile',
    'left meanwhile',
    'late',
    'towards mesh',
    'towards sfu',
  ]) {
    expect([what, (seen.get(what) ?? 0) > 100]).toEqual([what, true]);
  }
}, 60_000);
