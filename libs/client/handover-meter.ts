import type { Epoch, HandoverReport, ParticipantId, PathMeasure, PathProof } from '#protocol';
import { ConcealmentLedger } from './concealment-ledger.ts';
import { FrameRecorder } from './frame-recorder.ts';

/** What is measured reaches from so long before the prepare to so long after the end. */
const BEFORE_MS = 1000;
const AFTER_MS = 2000;
/** And is compared with so long before that. */
const STEADY_MS = 5000;
const READ_EVERY_MS = 1000;

interface Handover {
  readonly begunAt: number;
  readonly proofs: Map<ParticipantId, PathProof>;
  endedAt: number | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface Watched {
  readonly ledger: ConcealmentLedger;
  readonly recorders: Set<FrameRecorder>;
}

export interface MeterOptions {
  /** Of everybody who is there: the receiver of the microphone that is heard now, if there is one. */
  readonly heard: () => ReadonlyMap<ParticipantId, RTCRtpReceiver | undefined>;
  readonly report: (report: HandoverReport) => void;
}

/** Measures what this receiver sees and hears of every handover, in every call. */
export class HandoverMeter {
  readonly #options: MeterOptions;
  readonly #watched = new Map<ParticipantId, Watched>();
  readonly #handovers = new Map<Epoch, Handover>();
  #reading: ReturnType<typeof setInterval> | undefined;

  constructor(options: MeterOptions) {
    this.#options = options;
  }

  /** The video element that shows the participant. Call what is returned when it no longer does. */
  attach(id: ParticipantId, video: HTMLVideoElement): () => void {
    if (typeof video.requestVideoFrameCallback !== 'function') return () => undefined;
    const recorder = new FrameRecorder(video);
    this.#of(id).recorders.add(recorder);
    return () => {
      recorder.stop();
      this.#watched.get(id)?.recorders.delete(recorder);
    };
  }

  start(): void {
    this.#reading ??= setInterval(() => void this.#read(), READ_EVERY_MS);
  }

  begun(epoch: Epoch): void {
    this.#handovers.set(epoch, {
      begunAt: performance.now(),
      proofs: new Map(),
      endedAt: null,
      timer: undefined,
    });
  }

  /** The path changed: `before` is no longer heard, `after` is. */
  switched(
    id: ParticipantId,
    epoch: Epoch,
    proof: PathProof,
    before: RTCRtpReceiver | undefined,
    after: RTCRtpReceiver | undefined,
  ): void {
    this.#handovers.get(epoch)?.proofs.set(id, proof);
    const { ledger } = this.#of(id);
    if (before !== undefined) void ledger.read(before);
    if (after !== undefined) void ledger.begin(after);
  }

  /** Settled or aborted. */
  ended(epoch: Epoch): void {
    const handover = this.#handovers.get(epoch);
    if (handover === undefined || handover.endedAt !== null) return;
    handover.endedAt = performance.now();
    handover.timer = setTimeout(() => void this.#report(epoch, handover), AFTER_MS);
  }

  forget(id: ParticipantId): void {
    for (const recorder of this.#watched.get(id)?.recorders ?? []) recorder.stop();
    this.#watched.delete(id);
  }

  close(): void {
    clearInterval(this.#reading);
    this.#reading = undefined;
    for (const { timer } of this.#handovers.values()) clearTimeout(timer);
    this.#handovers.clear();
    for (const id of this.#watched.keys()) this.forget(id);
  }

  #of(id: ParticipantId): Watched {
    const watched = this.#watched.get(id) ?? {
      ledger: new ConcealmentLedger(),
      recorders: new Set<FrameRecorder>(),
    };
    this.#watched.set(id, watched);
    return watched;
  }

  async #read(): Promise<void> {
    const readings: Promise<void>[] = [];
    for (const [id, receiver] of this.#options.heard()) {
      if (receiver !== undefined) readings.push(this.#of(id).ledger.read(receiver));
    }
    await Promise.all(readings);
  }

  async #report(epoch: Epoch, { begunAt, endedAt, proofs }: Handover): Promise<void> {
    await this.#read();
    if (!this.#handovers.delete(epoch) || endedAt === null) return;
    const from = begunAt - BEFORE_MS;
    const to = endedAt + AFTER_MS;
    const paths = [...this.#options.heard().keys()].map((id) =>
      this.#measure(id, proofs.get(id) ?? null, from, to),
    );
    this.#options.report({ epoch, paths });
  }

  #measure(participantId: ParticipantId, proof: PathProof | null, from: number, to: number): PathMeasure {
    const { ledger, recorders } = this.#of(participantId);
    const during = [...recorders].flatMap((recorder) => recorder.intervals(from, to));
    const steady = [...recorders].flatMap((recorder) => recorder.intervals(from - STEADY_MS, from));
    const usual = mean(steady.length > 0 ? steady : during);
    // W3C webrtc-stats: a frame that takes three times as long as usual, or 150 ms longer, is a freeze.
    const freezes = during.filter((ms) => ms > Math.max(3 * usual, usual + 150));
    return {
      participantId,
      proof,
      longestFrameIntervalMs: during.length === 0 ? null : Math.max(...during),
      steadyFrameIntervalMs: steady.length === 0 ? null : Math.max(...steady),
      frozenMs: freezes.reduce((sum, ms) => sum + ms, 0),
      concealedAudioMs: ledger.between(from, to),
      steadyConcealedAudioMs: ledger.between(from - (to - from), from),
    };
  }
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
