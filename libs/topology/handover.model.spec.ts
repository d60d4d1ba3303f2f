// The handover against a model that knows nothing of how it is written: who is present, and which pairs have switched.
// Node's assert, because this checks some hundred thousand times, and jest's takes ten times as long.
import assert from 'node:assert/strict';
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { assertNever } from '#kernel';
import {
  epochSchema,
  participantIdSchema,
  type LiveTopology,
  type ParticipantId,
  type Topology,
} from '#protocol';
import { transition, type HandoverEvent, type HandoverState } from './handover.ts';

const PEOPLE = ['a', 'b', 'c', 'd', 'e'].map((id) => participantIdSchema.parse(id));

interface UnderWay {
  readonly epoch: number;
  readonly target: Topology;
  /** `receiver<sender` */
  readonly switched: Set<string>;
}

interface Model {
  readonly present: Set<ParticipantId>;
  live: LiveTopology;
  epochs: number;
  underWay: UnderWay | null;
  /** Whether there was a handover that settled, one that aborted, and one that somebody joined or left meanwhile. */
  readonly seen: Set<string>;
}

type Step =
  | { readonly do: 'begin'; readonly target: Topology }
  | { readonly do: 'come-or-go'; readonly who: ParticipantId }
  | { readonly do: 'join-again'; readonly who: ParticipantId }
  | {
      readonly do: 'switched' | 'failed';
      readonly receiver: ParticipantId;
      readonly sender: ParticipantId;
      readonly ago: number;
    }
  | { readonly do: 'switched-all-but'; readonly receiver: ParticipantId }
  | { readonly do: 'deadline' | 'media-lost'; readonly ago: number }
  | { readonly do: 'superseded' };

const person = fc.constantFrom(...PEOPLE);
/** How many epochs an event is late. */
const ago = fc.constantFrom(0, 0, 0, 0, 1, 2);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('begin' as const), target: fc.constantFrom('mesh', 'sfu') }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('come-or-go' as const), who: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join-again' as const), who: person }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('switched' as const), receiver: person, sender: person, ago }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('switched-all-but' as const), receiver: person }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('failed' as const), receiver: person, sender: person, ago }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('deadline' as const, 'media-lost' as const), ago }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('superseded' as const) }) },
);

const pairKey = (receiver: ParticipantId, sender: ParticipantId): string => `${receiver}<${sender}`;

function pairsOf(present: ReadonlySet<ParticipantId>): string[] {
  return [...present].flatMap((receiver) =>
    [...present].filter((sender) => sender !== receiver).map((sender) => pairKey(receiver, sender)),
  );
}

const isComplete = ({ present }: Model, { switched }: UnderWay): boolean =>
  pairsOf(present).every((pair) => switched.has(pair));

/** What the model does with a step: the events for the real one. */
function eventsOf(model: Model, one: Step): HandoverEvent[] {
  const late = (epochsAgo: number) => epochSchema.parse(Math.max(1, model.epochs - epochsAgo));
  switch (one.do) {
    case 'begin': {
      if (model.present.size === 0) return [];
      if (model.underWay === null) model.epochs += 1;
      // A handover is never begun during another; if it were, nothing may come of it.
      const epoch =
        model.underWay === null ? epochSchema.parse(model.epochs) : epochSchema.parse(model.epochs + 1);
      return [
        { type: 'begun', epoch, target: one.target, reason: 'room-setting', members: [...model.present] },
      ];
    }
    case 'come-or-go':
      return [{ type: model.present.has(one.who) ? 'left' : 'joined', participantId: one.who }];
    case 'join-again':
      return model.present.has(one.who) ? [{ type: 'joined', participantId: one.who }] : [];
    case 'switched':
      return [{ type: 'switched', epoch: late(one.ago), receiver: one.receiver, sender: one.sender }];
    case 'switched-all-but':
      return [...model.present]
        .filter((receiver) => receiver !== one.receiver)
        .flatMap((receiver) =>
          PEOPLE.map((sender) => ({ type: 'switched' as const, epoch: late(0), receiver, sender })),
        );
    case 'failed': {
      const { receiver, sender } = one;
      return [{ type: 'failed', epoch: late(one.ago), receiver, sender, cause: 'no route', canStay: true }];
    }
    case 'deadline':
      return [{ type: 'deadline', epoch: late(one.ago), canStay: true }];
    case 'media-lost':
      return [{ type: 'media-lost', epoch: late(one.ago) }];
    case 'superseded':
      return [{ type: 'superseded' }];
    default:
      return assertNever(one);
  }
}

type Expected = 'none' | 'settled' | 'aborted';

/** What must come of an event, by the model's own reckoning. */
function expected(model: Model, event: HandoverEvent): Expected {
  const { underWay } = model;
  switch (event.type) {
    case 'begun':
      if (underWay !== null) return 'none';
      model.underWay = { epoch: event.epoch, target: event.target, switched: new Set() };
      return settledBy(model, model.underWay);
    case 'joined':
      if (underWay !== null && !model.present.has(event.participantId)) model.seen.add('joined meanwhile');
      model.present.add(event.participantId);
      return 'none';
    case 'left': {
      model.present.delete(event.participantId);
      if (underWay === null) return 'none';
      model.seen.add('left meanwhile');
      // Whoever comes back under the same name has switched nothing.
      for (const pair of underWay.switched) {
        if (pair.split('<').includes(event.participantId)) underWay.switched.delete(pair);
      }
      return settledBy(model, underWay);
    }
    case 'switched':
      if (underWay === null || event.epoch !== underWay.epoch) return 'none';
      if (!model.present.has(event.receiver) || !model.present.has(event.sender)) return 'none';
      underWay.switched.add(pairKey(event.receiver, event.sender));
      return settledBy(model, underWay);
    case 'superseded':
      return underWay === null ? 'none' : 'aborted';
    case 'failed':
      if (event.receiver === event.sender) return 'none';
      if (!model.present.has(event.receiver) || !model.present.has(event.sender)) return 'none';
      return underWay === null || event.epoch !== underWay.epoch ? 'none' : 'aborted';
    case 'deadline':
    case 'media-lost':
      return underWay === null || event.epoch !== underWay.epoch ? 'none' : 'aborted';
    default:
      return assertNever(event);
  }
}

const settledBy = (model: Model, underWay: UnderWay): Expected =>
  isComplete(model, underWay) ? 'settled' : 'none';

function check(model: Model, before: HandoverState, event: HandoverEvent): HandoverState {
  const liveBefore = model.live;
  const what = expected(model, event);
  const { state, outcome } = transition(before, event);
  assert.equal(outcome.kind, what);
  if (what !== 'none') model.seen.add(what);

  if (outcome.kind === 'settled') {
    const { epoch, target } = model.underWay ?? {};
    assert.deepEqual(outcome.from, liveBefore);
    assert.deepEqual(outcome.live, { epoch, topology: target, reason: 'room-setting' });
    // Epochs only rise.
    assert.ok(outcome.live.epoch > liveBefore.epoch);
    model.live = outcome.live;
  }
  if (outcome.kind === 'aborted') assert.equal(outcome.epoch, model.underWay?.epoch);
  if (outcome.kind !== 'none') model.underWay = null;

  // Always exactly one live topology, and never one that did not settle.
  assert.deepEqual(state.live, model.live);
  assert.equal(state.phase, model.underWay === null ? 'stable' : 'preparing');
  if (state.phase === 'preparing') {
    assert.ok(state.epoch > state.live.epoch);
    assert.deepEqual(state.members, model.present);
    const awaited = [...state.awaited].flatMap(([receiver, senders]) =>
      [...senders].map((sender) => pairKey(receiver, sender)),
    );
    const missing = pairsOf(model.present).filter((pair) => model.underWay?.switched.has(pair) !== true);
    // Nobody who left is awaited, and nobody awaits oneself.
    assert.deepEqual(awaited.toSorted(), missing.toSorted());
    // Not stuck: somebody who is there can still end it.
    assert.notEqual(awaited.length, 0);
  }
  return state;
}

function run(steps: readonly Step[]): ReadonlySet<string> {
  const live: LiveTopology = { topology: 'mesh', epoch: epochSchema.parse(1), reason: 'fits-mesh' };
  const model: Model = {
    present: new Set(PEOPLE.slice(0, 2)),
    live,
    epochs: 1,
    underWay: null,
    seen: new Set(),
  };
  let state: HandoverState = { phase: 'stable', live };
  for (const one of steps) {
    for (const event of eventsOf(model, one)) state = check(model, state, event);
  }
  // Whatever happened: once everyone who is there has switched, it is over.
  if (model.underWay !== null) {
    const epoch = epochSchema.parse(model.underWay.epoch);
    for (const receiver of model.present) {
      for (const sender of model.present)
        state = check(model, state, { type: 'switched', epoch, receiver, sender });
    }
  }
  assert.equal(state.phase, 'stable');
  return model.seen;
}

it('does what the model says, whatever happens in whatever order', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      for (const what of run(steps)) seen.set(what, (seen.get(what) ?? 0) + 1);
    }),
    { numRuns: 1000 },
  );
  // The property would be worth little if hardly a run came that far.
  for (const what of ['settled', 'aborted', 'joined meanwhile', 'left meanwhile']) {
    expect(seen.get(what) ?? 0).toBeGreaterThan(100);
  }
});
