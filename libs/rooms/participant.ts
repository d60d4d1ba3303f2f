import type { ParticipantId, ParticipantInfo, Role, SourceState, VideoCodec } from '#protocol';

export interface ParticipantChange {
  readonly displayName?: string | undefined;
  readonly sources?: readonly SourceState[] | undefined;
  /** A hand that is raised already keeps its place. */
  readonly handRaised?: boolean | undefined;
}

/** A member of a room. */
export class Participant {
  readonly id: ParticipantId;
  readonly role: Role;
  /** Rises from one participant to the next, in the order they joined. */
  readonly joinedSeq: number;
  /** Its address is not to be seen by the others. */
  readonly relayOnly: boolean;
  /** What it can decode beside what everybody can. */
  readonly videoCodecs: readonly VideoCodec[];
  #displayName: string;
  #sources: readonly SourceState[];
  #handSeq: number | null;

  constructor(
    options: ParticipantInfo & { readonly relayOnly: boolean; readonly videoCodecs: readonly VideoCodec[] },
  ) {
    this.id = options.id;
    this.role = options.role;
    this.relayOnly = options.relayOnly;
    this.videoCodecs = options.videoCodecs;
    this.joinedSeq = options.joinedSeq;
    this.#displayName = options.displayName;
    this.#sources = options.sources;
    this.#handSeq = options.handSeq;
  }

  /** `seq` numbers a hand that goes up. */
  update(change: ParticipantChange, seq: number): void {
    this.#displayName = change.displayName ?? this.#displayName;
    this.#sources = change.sources ?? this.#sources;
    if (change.handRaised === true) this.#handSeq ??= seq;
    if (change.handRaised === false) this.#handSeq = null;
  }

  info(): ParticipantInfo {
    return {
      id: this.id,
      displayName: this.#displayName,
      role: this.role,
      sources: [...this.#sources],
      joinedSeq: this.joinedSeq,
      handSeq: this.#handSeq,
    };
  }
}
