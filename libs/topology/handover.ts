import { assertNever } from '#kernel';
import type { AbortReason, Epoch, LiveTopology, ParticipantId, Topology, TopologyReason } from '#protocol';

/** For each receiver, the senders whose path in the target plane it has not switched to. */
type AwaitedPaths = ReadonlyMap<ParticipantId, ReadonlySet<ParticipantId>>;

export type HandoverState =
  | { readonly phase: 'stable'; readonly live: LiveTopology }
  | {
      readonly phase: 'preparing';
      readonly live: LiveTopology;
      readonly epoch: Epoch;
      readonly target: Topology;
      readonly reason: TopologyReason;
      readonly members: ReadonlySet<ParticipantId>;
      readonly awaited: AwaitedPaths;
    };

export type HandoverEvent =
  | {
      readonly type: 'begun';
      readonly epoch: Epoch;
      readonly target: Topology;
      readonly reason: TopologyReason;
      readonly members: readonly ParticipantId[];
    }
  | { readonly type: 'joined'; readonly participantId: ParticipantId }
  | { readonly type: 'left'; readonly participantId: ParticipantId }
  | {
      readonly type: 'switched';
      readonly epoch: Epoch;
      readonly receiver: ParticipantId;
      readonly sender: ParticipantId;
    }
  | {
      readonly type: 'failed';
      readonly epoch: Epoch;
      readonly receiver: ParticipantId;
      readonly sender: ParticipantId;
      readonly cause: string;
    }
  | { readonly type: 'deadline'; readonly epoch: Epoch }
  | { readonly type: 'superseded' }
  | { readonly type: 'media-lost'; readonly epoch: Epoch };

export type HandoverOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'settled'; readonly from: LiveTopology; readonly live: LiveTopology }
  | {
      readonly kind: 'aborted';
      readonly epoch: Epoch;
      readonly target: Topology;
      readonly reason: AbortReason;
      readonly message: string;
    };

export interface Transition {
  readonly state: HandoverState;
  readonly outcome: HandoverOutcome;
}

type Preparing = Extract<HandoverState, { phase: 'preparing' }>;

/** One step of a room's handover. Total: an event that does not apply, or belongs to another epoch, changes nothing. */
export function transition(state: HandoverState, event: HandoverEvent): Transition {
  if (state.phase === 'stable') {
    if (event.type !== 'begun') return unchanged(state);
    const { epoch, target, reason } = event;
    const members = new Set(event.members);
    const awaited = new Map(event.members.map((id) => [id, without(members, id)]));
    return settleIfQuiet({ phase: 'preparing', live: state.live, epoch, target, reason, members, awaited });
  }

  switch (event.type) {
    case 'begun':
      return unchanged(state);
    case 'joined':
      if (state.members.has(event.participantId)) return unchanged(state);
      return unchanged(withMember(state, event.participantId));
    case 'left':
      return settleIfQuiet(withoutMember(state, event.participantId));
    case 'switched': {
      if (event.epoch !== state.epoch) return unchanged(state);
      const senders = state.awaited.get(event.receiver);
      if (senders === undefined) return unchanged(state);
      const awaited = new Map(state.awaited).set(event.receiver, without(senders, event.sender));
      return settleIfQuiet({ ...state, awaited });
    }
    case 'failed':
      if (event.epoch !== state.epoch) return unchanged(state);
      return abort(state, 'path-failed', `${event.sender} does not reach ${event.receiver}: ${event.cause}`);
    case 'deadline':
      if (event.epoch !== state.epoch) return unchanged(state);
      return abort(state, 'deadline', `still awaited: ${describeAwaited(state.awaited)}`);
    case 'superseded':
      return abort(state, 'superseded', 'the room changed meanwhile');
    case 'media-lost':
      if (event.epoch !== state.epoch) return unchanged(state);
      return abort(state, 'media-unavailable', 'the media worker was lost');
    default:
      return assertNever(event);
  }
}

function unchanged(state: HandoverState): Transition {
  return { state, outcome: { kind: 'none' } };
}

function settleIfQuiet(state: Preparing): Transition {
  for (const senders of state.awaited.values()) if (senders.size > 0) return unchanged(state);
  const live: LiveTopology = { topology: state.target, epoch: state.epoch, reason: state.reason };
  return { state: { phase: 'stable', live }, outcome: { kind: 'settled', from: state.live, live } };
}

function abort(state: Preparing, reason: AbortReason, message: string): Transition {
  const { live, epoch, target } = state;
  return { state: { phase: 'stable', live }, outcome: { kind: 'aborted', epoch, target, reason, message } };
}

function withMember(state: Preparing, joiner: ParticipantId): Preparing {
  const awaited = new Map(
    [...state.awaited].map(([receiver, senders]) => [receiver, new Set([...senders, joiner])]),
  );
  awaited.set(joiner, new Set(state.members));
  return { ...state, members: new Set([...state.members, joiner]), awaited };
}

function withoutMember(state: Preparing, leaver: ParticipantId): Preparing {
  const awaited = new Map<ParticipantId, ReadonlySet<ParticipantId>>();
  for (const [receiver, senders] of state.awaited) {
    if (receiver !== leaver) awaited.set(receiver, without(senders, leaver));
  }
  return { ...state, members: without(state.members, leaver), awaited };
}

function without<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  return new Set([...set].filter((other) => other !== item));
}

function describeAwaited(awaited: AwaitedPaths): string {
  return [...awaited]
    .filter(([, senders]) => senders.size > 0)
    .map(([receiver, senders]) => `${receiver} from ${[...senders].join(', ')}`)
    .join('; ');
}
