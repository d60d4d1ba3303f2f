import type { Clock, Timer } from '#kernel';
import type { LinkConditions, ParticipantId } from '#protocol';
import { Backoff } from './backoff.ts';
import type { TopologyFacts } from './topology-policy.ts';

const FIRST_MS = 30_000;
const MAX_MS = 600_000;

interface Wait {
  readonly backoff: Backoff;
  /** Why the mesh was left. */
  conditions: LinkConditions;
  /** Until then a mesh is not asked of the participant again. */
  blocked: Timer | null;
}

/**
 * What participants say of their links, and for how long it counts: as long as the mesh lives that it was said of, and, once that was
 * left, for 30 s, 60 s, … at most 10 min. Without the mesh nobody can tell whether it would do by now: it has to be tried.
 */
export class ConstraintMemory {
  readonly #clock: Clock;
  readonly #retry: () => void;
  /** Said of the live mesh, by those to whom it costs anything. */
  readonly #standing = new Map<ParticipantId, LinkConditions>();
  readonly #waits = new Map<ParticipantId, Wait>();

  /** `retry` is called whenever a mesh may be asked of somebody again. */
  constructor(clock: Clock, retry: () => void) {
    this.#clock = clock;
    this.#retry = retry;
  }

  get facts(): Pick<TopologyFacts, 'constrained' | 'relayed'> {
    const remembered = [...this.#waits.values()].filter(({ blocked }) => blocked !== null);
    const all = [...this.#standing.values(), ...remembered.map(({ conditions }) => conditions)];
    return { constrained: all.some(isConstrained), relayed: all.some(({ relayed }) => relayed) };
  }

  /** What somebody says of the live mesh. */
  told(id: ParticipantId, conditions: LinkConditions): void {
    if (isConstrained(conditions) || conditions.relayed) this.#standing.set(id, conditions);
    else this.#standing.delete(id);
  }

  /** The room sets out from its mesh: whoever is constrained there waits from now on, even if that should pass meanwhile. */
  leaving(): void {
    for (const [id, conditions] of this.#standing) {
      const wait = this.#waits.get(id) ?? {
        backoff: new Backoff(FIRST_MS, MAX_MS),
        conditions,
        blocked: null,
      };
      this.#waits.set(id, wait);
      if (wait.blocked !== null) continue;
      wait.conditions = conditions;
      wait.blocked = this.#clock.after(wait.backoff.next(), () => {
        wait.blocked = null;
        this.#retry();
      });
    }
  }

  /** The mesh is no more, and what was said of it neither. */
  left(): void {
    this.leaving();
    this.#standing.clear();
  }

  /** The mesh is one of two, where none of this matters: a larger one, later, is another. */
  forgetWaits(): void {
    for (const { blocked } of this.#waits.values()) blocked?.cancel();
    this.#waits.clear();
  }

  forget(id: ParticipantId): void {
    this.#standing.delete(id);
    this.#waits.get(id)?.blocked?.cancel();
    this.#waits.delete(id);
  }

  close(): void {
    this.forgetWaits();
    this.#standing.clear();
  }
}

const isConstrained = ({ cpuLimited, uplinkLimited, lossy }: LinkConditions): boolean =>
  cpuLimited || uplinkLimited || lossy;
