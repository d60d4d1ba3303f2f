import { kindOfSource, type ParticipantInfo, type PathProof, type Source } from '#protocol';
import type { RemoteTrack } from './media-plane.ts';
import { TrackGauge } from './track-gauge.ts';

/** How a candidate path earns its place. All but `parity` are there to be compared with it. */
export type SwitchRule = 'parity' | 'first-frame' | 'break-first';

// Each look at a receiver stops the page until the media thread answers, just while that thread has two planes to serve: so there are
// as few as it takes to see every frame, and more only for the moment of changing over.
const LOOK_EVERY_MS = 25;
const LOOK_CLOSELY_EVERY_MS = 8;
const HEAR_EVERY_MS = 75;
/** Over which the candidate is compared with the live path. */
const WINDOW_MS = 400;
const ENOUGH_OF_FRAME_RATE = 0.8;
/** So often something new to hear in the window is a running jitter buffer. */
const RUNNING_AUDIO = 3;
/** Below it nobody speaks (-40 dB). */
const SILENT_LEVEL = 0.01;
/** A silent sender lets hear of itself every 400 ms (DTX): so long after that it is lost. */
const SILENCE_MS = 600;
/** After so long without parity the best there is counts. */
const PATIENCE_MS = 3000;

export interface ProverOptions {
  readonly rule: SwitchRule;
  readonly participant: () => ParticipantInfo;
  /** Tracks of the path on trial. */
  readonly candidate: () => ReadonlyMap<Source, RemoteTrack>;
  /** Tracks of the path that is shown meanwhile; empty if there is none. */
  readonly live: () => ReadonlyMap<Source, RemoteTrack>;
  /** Whether the candidate's plane is connected, media or not. */
  readonly connected: () => boolean;
  readonly proven: (proof: PathProof) => void;
}

interface Trial {
  readonly kind: 'audio' | 'video';
  /** Something has come. */
  readonly flows: boolean;
  /** There is a live track to be measured against. */
  readonly compared: boolean;
  /** As good as the live one, or as good as it must be without one. */
  readonly equal: boolean;
  /** Both paths have just decoded one and the same frame, and neither the next. */
  readonly sameFrame: boolean;
}

const NOTHING = { flows: false, compared: false, equal: false, sameFrame: false };

/**
 * Watches the candidate path of one participant until it is as good as the live one, and says so in the very moment when
 * changing over costs least: right after the second of the two has decoded a frame that the first has decoded already.
 */
export class PathProver {
  readonly #options: ProverOptions;
  readonly #gauges = new Map<MediaStreamTrack, TrackGauge>();
  readonly #sinks = new Map<MediaStreamTrack, HTMLAudioElement>();
  readonly #started = performance.now();
  #timer: ReturnType<typeof setTimeout>;
  #stopped = false;

  constructor(options: ProverOptions) {
    this.#options = options;
    this.#timer = setTimeout(() => this.#look(performance.now()), LOOK_EVERY_MS);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const [track, { srcObject: stream }] of this.#sinks) {
      // A track keeps every stream that it is in.
      if (stream instanceof MediaStream) stream.removeTrack(track);
    }
    for (const sink of this.#sinks.values()) sink.srcObject = null;
    this.#sinks.clear();
  }

  #look(now: number): void {
    const { proof, close } = this.#judge(now);
    if (proof !== null) this.#options.proven(proof);
    else if (!this.#stopped)
      this.#timer = setTimeout(
        () => this.#look(performance.now()),
        close ? LOOK_CLOSELY_EVERY_MS : LOOK_EVERY_MS,
      );
  }

  /** Whether the path is proven, and if not, whether only the right moment is missing. */
  #judge(now: number): { readonly proof: PathProof | null; readonly close: boolean } {
    const { participant, candidate, live, connected } = this.#options;
    const sent = participant()
      .sources.filter(({ muted }) => !muted)
      .map(({ source }) => source);
    if (sent.length === 0) return { proof: connected() ? 'connected' : null, close: false };

    const trials = sent.map((source) => this.#try(source, candidate().get(source), live().get(source), now));
    const inTime = now - this.#started < PATIENCE_MS;
    if (trials.every(({ equal }) => equal)) {
      const pictures = trials.filter(({ kind }) => kind === 'video');
      if (inTime && pictures.length > 0 && !pictures.some(({ sameFrame }) => sameFrame))
        return { proof: null, close: true };
      return { proof: trials.some(({ compared }) => compared) ? 'parity' : 'first-media', close: false };
    }
    const best = !inTime && trials.every(({ flows }) => flows);
    return { proof: best ? 'best-effort' : null, close: false };
  }

  #try(
    source: Source,
    candidate: RemoteTrack | undefined,
    live: RemoteTrack | undefined,
    now: number,
  ): Trial {
    const kind = kindOfSource(source);
    // The live path is watched from the beginning: what is usual has to be known by the time that there is something to compare.
    const before = live === undefined ? undefined : this.#gauge(live);
    const freshBefore = before !== undefined && this.#read(before, kind, now);
    if (candidate === undefined) return { kind, ...NOTHING };
    if (kind === 'audio') this.#sink(candidate.track);
    const after = this.#gauge(candidate);
    const fresh = this.#read(after, kind, now);
    if (!after.flowed) return { kind, ...NOTHING };

    if (before === undefined || before.count(now, WINDOW_MS) === 0)
      return { kind, flows: true, compared: false, equal: true, sameFrame: fresh };

    const usual = before.count(now, WINDOW_MS);
    const count = after.count(now, WINDOW_MS);
    // Half a frame interval apart at most, it is the same frame; whichever plane is the faster one.
    const sameFrameMs = WINDOW_MS / usual / 2;
    const sameFrame =
      (fresh && before.idleMs(now) <= sameFrameMs) || (freshBefore && after.idleMs(now) <= sameFrameMs);
    const equal =
      this.#options.rule !== 'parity' ||
      (kind === 'audio'
        ? count >= RUNNING_AUDIO || isSilence(before, after, now)
        : // A screen is sent slowly over the SFU, and hardly at all while nothing moves on it.
          (source === 'screen' || count >= usual * ENOUGH_OF_FRAME_RATE) && after.height >= before.height);
    return { kind, flows: true, compared: true, equal, sameFrame };
  }

  /** Whether something new has come since the last reading. */
  #read(gauge: TrackGauge, kind: 'audio' | 'video', now: number): boolean {
    return (kind === 'video' || gauge.unreadMs(now) >= HEAR_EVERY_MS) && gauge.look(now);
  }

  #gauge(remote: RemoteTrack): TrackGauge {
    const gauge = this.#gauges.get(remote.track) ?? new TrackGauge(remote);
    this.#gauges.set(remote.track, gauge);
    return gauge;
  }

  /** Received audio runs only where something plays it. Muted, it is not heard twice. */
  #sink(track: MediaStreamTrack): void {
    if (this.#sinks.has(track)) return;
    const sink = new Audio();
    sink.muted = true;
    sink.srcObject = new MediaStream([track]);
    // Where autoplay is refused the sound of the call is, too: the page asks for a click, and the proof waits no longer than its patience.
    void sink.play().catch(() => undefined);
    this.#sinks.set(track, sink);
  }
}

/** While nothing is said, nothing can be lost, and the SFU is sent next to nothing. */
const isSilence = (before: TrackGauge, after: TrackGauge, now: number): boolean =>
  before.level < SILENT_LEVEL && after.level < SILENT_LEVEL && after.idleMs(now) <= SILENCE_MS;
