import type { Clock, Timer } from '#kernel';
import type {
  AbortReason,
  Epoch,
  HandoverRecord,
  HandoverReport,
  ParticipantId,
  PathMeasure,
  Topology,
  TopologyReason,
} from '#protocol';
import type { Room } from '#rooms';

/** How many handovers a room remembers. */
const KEPT = 20;
/** Clients report 2 s after the end; who has not by then has nothing to say. */
const REPORTS_WITHIN_MS = 5000;

type Report = HandoverRecord['reports'][number];

interface Open {
  /** Everybody who was there at some time from prepare to the end. */
  readonly members: Set<ParticipantId>;
  readonly record: Omit<HandoverRecord, 'durationMs' | 'outcome' | 'abortReason' | 'message' | 'reports'>;
  readonly reports: Map<ParticipantId, Report>;
  end: Pick<HandoverRecord, 'durationMs' | 'outcome' | 'abortReason' | 'message'> | null;
  awaited: Set<ParticipantId>;
  timer: Timer | null;
}

/** A room's handovers, with what every receiver saw of them. */
export class HandoverTimeline {
  readonly #room: Room;
  readonly #clock: Clock;
  readonly #recorded: (record: HandoverRecord) => void;
  readonly #open = new Map<Epoch, Open>();
  #records: HandoverRecord[] = [];

  constructor(room: Room, clock: Clock, recorded: (record: HandoverRecord) => void) {
    this.#room = room;
    this.#clock = clock;
    this.#recorded = recorded;
  }

  /** Oldest first. */
  get records(): readonly HandoverRecord[] {
    return this.#records;
  }

  begun(epoch: Epoch, from: Topology, to: Topology, reason: TopologyReason): void {
    const record = { epoch, from, to, reason, startedAt: this.#clock.now() };
    const members = new Set(this.#room.participants.map(({ id }) => id));
    this.#open.set(epoch, {
      members,
      record,
      reports: new Map(),
      end: null,
      awaited: new Set(),
      timer: null,
    });
  }

  settled(epoch: Epoch, message = ''): void {
    this.#end(epoch, 'settled', null, message);
  }

  aborted(epoch: Epoch, reason: AbortReason, message: string): void {
    this.#end(epoch, 'aborted', reason, message);
  }

  /**
   * Says whether that handover waits for a report of that participant; a second report of it does not count, and of what it reports
   * only the first path from each of those who were there.
   */
  reported(id: ParticipantId, { epoch, paths }: HandoverReport): boolean {
    const open = this.#open.get(epoch);
    if (open === undefined || open.end === null || open.reports.has(id)) return false;
    const reported = new Map<ParticipantId, PathMeasure>();
    for (const path of paths) {
      const { participantId: sender } = path;
      if (sender !== id && open.members.has(sender) && !reported.has(sender)) reported.set(sender, path);
    }
    open.reports.set(id, {
      participantId: id,
      displayName: this.#room.participant(id).info().displayName,
      paths: [...reported.values()],
    });
    open.awaited.delete(id);
    if (open.awaited.size === 0) this.#close(epoch, open);
    return true;
  }

  left(id: ParticipantId): void {
    for (const [epoch, open] of this.#open) {
      if (open.end === null) open.members.add(id);
      if (open.awaited.delete(id) && open.awaited.size === 0) this.#close(epoch, open);
    }
  }

  /** Nothing more is waited for: what has ended is recorded as far as it was reported. */
  close(): void {
    for (const [epoch, open] of this.#open) this.#close(epoch, open);
    this.#open.clear();
    this.#records = [];
  }

  #end(
    epoch: Epoch,
    outcome: HandoverRecord['outcome'],
    abortReason: AbortReason | null,
    message: string,
  ): void {
    const open = this.#open.get(epoch);
    if (open === undefined || open.end !== null) return;
    const durationMs = this.#clock.now() - open.record.startedAt;
    open.end = { durationMs, outcome, abortReason, message };
    open.awaited = new Set(this.#room.participants.map(({ id }) => id));
    for (const id of open.awaited) open.members.add(id);
    open.timer = this.#clock.after(REPORTS_WITHIN_MS, () => this.#close(epoch, open));
  }

  #close(epoch: Epoch, { record, end, reports, timer }: Open): void {
    timer?.cancel();
    if (end === null || !this.#open.delete(epoch)) return;
    const closed: HandoverRecord = { ...record, ...end, reports: [...reports.values()] };
    this.#records = [...this.#records, closed].slice(-KEPT);
    this.#recorded(closed);
  }
}
