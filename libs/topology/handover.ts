import { assertNever } from '#kernel';
import type { AbortReason, Epoch, LiveTopology, ParticipantId, Topology, TopologyReason } from '#protocol';

/** For each receiver, the senders whose path in the target plane it has not switched to. */
type AwaitedPaths = ReadonlyMap<ParticipantId, ReadonlySet<ParticipantId>>;

/** All that the server knows of a path that was neither switched to nor given up when the deadline passed. */
const NO_REPORT = 'no report in time';

/** A path of the target plane that came to nothing. */
export interface FailedPath {
  readonly receiver: ParticipantId;
  readonly sender: ParticipantId;
  readonly cause: string;
}

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
      /** Only while the room cannot stay where it is: otherwise the first one ends the handover. */
      readonly failed: readonly FailedPath[];
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
  | ({
      readonly type: 'failed';
      readonly epoch: Epoch;
      /** Whether the room can stay where it is: the live plane carries everyone who is there. */
      readonly canStay: boolean;
    } & FailedPath)
  | { readonly type: 'deadline'; readonly epoch: Epoch; readonly canStay: boolean }
  | { readonly type: 'superseded' }
  | { readonly type: 'media-lost'; readonly epoch: Epoch };

export type HandoverOutcome =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'settled';
      readonly from: LiveTopology;
      readonly live: LiveTopology;
      /** Those who are not reached: the others went on without them. */
      readonly unreachable: readonly ParticipantId[];
      readonly failed: readonly FailedPath[];
    }
  | {
      readonly kind: 'aborted';
      readonly epoch: Epoch;
      readonly target: Topology;
      readonly reason: AbortReason;
      readonly failed: readonly FailedPath[];
      /** Somebody had changed over, and has to go back. */
      readonly switched: boolean;
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
    const { live } = state;
    return settleIfQuiet({ phase: 'preparing', live, epoch, target, reason, members, awaited, failed: [] });
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
      return settleIfQuiet({ ...state, awaited, failed: withoutPath(state.failed, event) });
    }
    case 'failed': {
      const { epoch, receiver, sender, cause, canStay } = event;
      const known = state.members.has(receiver) && state.members.has(sender) && receiver !== sender;
      if (epoch !== state.epoch || !known) return unchanged(state);
      return giveUp(state, [{ receiver, sender, cause }], canStay, 'path-failed');
    }
    case 'deadline':
      if (event.epoch !== state.epoch) return unchanged(state);
      return giveUp(state, awaitedPaths(state.awaited), event.canStay, 'deadline');
    case 'superseded':
      return abort(state, 'superseded');
    case 'media-lost':
      if (event.epoch !== state.epoch) return unchanged(state);
      return abort(state, 'media-unavailable');
    default:
      return assertNever(event);
  }
}

function unchanged(state: HandoverState): Transition {
  return { state, outcome: { kind: 'none' } };
}

/** Once no path is awaited any more: settled, with or without somebody, unless there are no two left who reach each other. */
function settleIfQuiet(state: Preparing, reason: 'path-failed' | 'deadline' = 'path-failed'): Transition {
  if (awaitedPaths(state.awaited).length > 0) return unchanged(state);
  const unreachable = unreachableOf(state);
  if (unreachable.length > 0 && state.members.size - unreachable.length < 2) {
    return abort(state, reason, state.failed);
  }
  const live: LiveTopology = { topology: state.target, epoch: state.epoch, reason: state.reason };
  const { failed } = state;
  return {
    state: { phase: 'stable', live },
    outcome: { kind: 'settled', from: state.live, live, unreachable, failed },
  };
}

function abort(state: Preparing, reason: AbortReason, failed: readonly FailedPath[] = []): Transition {
  const { live, epoch, target } = state;
  return {
    state: { phase: 'stable', live },
    outcome: { kind: 'aborted', epoch, target, reason, failed, switched: hasSwitched(state, failed) },
  };
}

/** Whether any path of the target plane is shown: neither awaited nor failed. */
function hasSwitched({ members, awaited }: Preparing, failed: readonly FailedPath[]): boolean {
  const isFailed = (receiver: ParticipantId, sender: ParticipantId): boolean =>
    failed.some((path) => path.receiver === receiver && path.sender === sender);
  return [...members].some((receiver) =>
    [...members].some(
      (sender) =>
        sender !== receiver && awaited.get(receiver)?.has(sender) !== true && !isFailed(receiver, sender),
    ),
  );
}

/**
 * Paths came to nothing. A room that can stay where it is does. A room that cannot (it has outgrown its mesh, or its SFU is gone) goes
 * on without those who are not reached, once the paths of all the others have switched.
 */
function giveUp(
  state: Preparing,
  paths: readonly FailedPath[],
  canStay: boolean,
  reason: 'path-failed' | 'deadline',
): Transition {
  const failed = paths.reduce((all, path) => [...withoutPath(all, path), path], state.failed);
  const awaited = new Map(state.awaited);
  for (const { receiver, sender } of paths) {
    awaited.set(receiver, without(awaited.get(receiver) ?? new Set(), sender));
  }
  const next = { ...state, awaited, failed };
  if (canStay) return abort(state, reason, failed);
  return settleIfQuiet(next, reason);
}

/** Those to whom, or from whom, nothing at all came through. */
function unreachableOf({ members, failed }: Preparing): ParticipantId[] {
  const others = members.size - 1;
  return [...members].filter(
    (id) =>
      others > 0 &&
      (failed.filter(({ receiver }) => receiver === id).length === others ||
        failed.filter(({ sender }) => sender === id).length === others),
  );
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
  const failed = state.failed.filter(({ receiver, sender }) => receiver !== leaver && sender !== leaver);
  return { ...state, members: without(state.members, leaver), awaited, failed };
}

function without<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  return new Set([...set].filter((other) => other !== item));
}

/** Each path counts once, however often it is reported, and with the last that was reported of it. */
function withoutPath(
  failed: readonly FailedPath[],
  { receiver, sender }: Pick<FailedPath, 'receiver' | 'sender'>,
): readonly FailedPath[] {
  return failed.filter((path) => path.receiver !== receiver || path.sender !== sender);
}

function awaitedPaths(awaited: AwaitedPaths): FailedPath[] {
  return [...awaited].flatMap(([receiver, senders]) =>
    [...senders].map((sender) => ({ receiver, sender, cause: NO_REPORT })),
  );
}
