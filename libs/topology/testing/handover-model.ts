import { assertNever } from '#kernel';
import {
  epochSchema,
  type AbortReason,
  type LiveTopology,
  type ParticipantId,
  type Topology,
} from '#protocol';
import type { FailedPath, HandoverEvent } from '../handover.ts';

/** What must come of an event. */
export type Expected =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'settled';
      readonly unreachable: readonly ParticipantId[];
      readonly failed: readonly FailedPath[];
    }
  | { readonly kind: 'aborted'; readonly reason: AbortReason; readonly failed: readonly FailedPath[] };

type Fate = 'awaited' | 'switched' | { readonly cause: string };

interface UnderWay {
  readonly epoch: number;
  readonly target: Topology;
  /** Of each path, receiver first, the last that was said of it. */
  readonly fates: Map<ParticipantId, Map<ParticipantId, Fate>>;
}

const NOTHING: Expected = { kind: 'none' };

/** A room's handovers as one would count them by hand: who is present, and what became of each path. It knows nothing of how the machine does it. */
export class HandoverModel {
  readonly present: Set<ParticipantId>;
  live: LiveTopology = { topology: 'mesh', epoch: epochSchema.parse(1), reason: 'fits-mesh' };
  epochs = 1;
  underWay: UnderWay | null = null;

  constructor(present: readonly ParticipantId[]) {
    this.present = new Set(present);
  }

  /** The paths of the handover under way that have neither switched nor failed. */
  get awaited(): FailedPath[] {
    return this.#paths((fate) => fate === 'awaited').map((path) => ({ ...path, cause: 'no report in time' }));
  }

  /** Takes the event into account, and says what must come of it. */
  expect(event: HandoverEvent): Expected {
    const { underWay } = this;
    switch (event.type) {
      case 'begun': {
        if (underWay !== null) return NOTHING;
        this.epochs = event.epoch;
        this.underWay = { epoch: event.epoch, target: event.target, fates: new Map() };
        for (const id of this.present) this.#enter(this.underWay, id);
        return this.#end('path-failed');
      }
      case 'joined':
        if (underWay !== null && !this.present.has(event.participantId))
          this.#enter(underWay, event.participantId);
        this.present.add(event.participantId);
        return NOTHING;
      case 'left':
        this.present.delete(event.participantId);
        underWay?.fates.delete(event.participantId);
        for (const fates of underWay?.fates.values() ?? []) fates.delete(event.participantId);
        return this.#end('path-failed');
      case 'switched':
        if (!this.#decide(event, 'switched')) return NOTHING;
        return this.#end('path-failed');
      case 'failed':
        if (!this.#decide(event, { cause: event.cause })) return NOTHING;
        return event.canStay ? this.#abort('path-failed', this.#failed) : this.#end('path-failed');
      case 'deadline':
        if (event.epoch !== underWay?.epoch) return NOTHING;
        for (const { cause, ...path } of this.awaited)
          this.#decide({ ...path, epoch: event.epoch }, { cause });
        return event.canStay ? this.#abort('deadline', this.#failed) : this.#end('deadline');
      case 'superseded':
        return underWay === null ? NOTHING : this.#abort('superseded', []);
      case 'media-lost':
        return event.epoch === underWay?.epoch ? this.#abort('media-unavailable', []) : NOTHING;
      default:
        return assertNever(event);
    }
  }

  get #failed(): FailedPath[] {
    return this.#paths((fate) => typeof fate === 'object');
  }

  #paths(which: (fate: Fate) => boolean): FailedPath[] {
    const paths: FailedPath[] = [];
    for (const [receiver, fates] of this.underWay?.fates ?? []) {
      for (const [sender, fate] of fates)
        if (which(fate)) paths.push({ receiver, sender, cause: typeof fate === 'object' ? fate.cause : '' });
    }
    return paths;
  }

  /** A newcomer gets a path from, and to, everyone who is in the handover. */
  #enter({ fates }: UnderWay, newcomer: ParticipantId): void {
    const own = new Map<ParticipantId, Fate>();
    for (const [id, theirs] of fates) {
      theirs.set(newcomer, 'awaited');
      own.set(id, 'awaited');
    }
    fates.set(newcomer, own);
  }

  /** Says whether there is such a path. */
  #decide(
    { epoch, receiver, sender }: { epoch: number; receiver: ParticipantId; sender: ParticipantId },
    fate: Fate,
  ): boolean {
    const fates = this.underWay?.epoch === epoch ? this.underWay.fates.get(receiver) : undefined;
    if (fates?.has(sender) !== true) return false;
    fates.set(sender, fate);
    return true;
  }

  /** It ends with the last path that was awaited: for all who are reached, if these are two. */
  #end(reason: AbortReason): Expected {
    const { underWay, present } = this;
    if (underWay === null || this.awaited.length > 0) return NOTHING;
    const failed = this.#failed;
    const others = present.size - 1;
    const unreachable = [...present].filter((id) => {
      const missing = (end: 'receiver' | 'sender') => failed.filter((path) => path[end] === id).length;
      return others > 0 && (missing('receiver') === others || missing('sender') === others);
    });
    if (unreachable.length > 0 && present.size - unreachable.length < 2) return this.#abort(reason, failed);
    this.live = {
      topology: underWay.target,
      epoch: epochSchema.parse(underWay.epoch),
      reason: 'room-setting',
    };
    this.underWay = null;
    return { kind: 'settled', unreachable, failed };
  }

  #abort(reason: AbortReason, failed: readonly FailedPath[]): Expected {
    this.underWay = null;
    return { kind: 'aborted', reason, failed };
  }
}
