import { kindOfSource, type ParticipantInfo, type PathProof, type Source } from '#protocol';
import type { RemoteTrack } from './media-plane.ts';
import { TrackGauge } from './track-gauge.ts';

/** How a candidate path earns its place. All but `parity` are there to be compared with it. */
export type SwitchRule = 'parity' | 'first-frame' | 'break-first';

const LOOK_EVERY_MS = 8;
/** Over which the candidate is compared with the live path. */
const WINDOW_MS = 400;
const ENOUGH_OF_FRAME_RATE = 0.8;
/** So many audio packets in the window are a running jitter buffer. */
const RUNNING_AUDIO = 4;
/** After so long without parity the best there is counts. */
const PATIENCE_MS = 3000;
/** A frame that the live path has shown not longer ago than this is the one that the candidate has just decoded. */
const SAME_FRAME_MS = 30;

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

/**
 * Watches the candidate path of one participant until it is as good as the live one, and says so in the very moment when
 * changing over costs least: right after the candidate has decoded a frame that the live path has shown as well.
 */
export class PathProver {
  readonly #options: ProverOptions;
  readonly #gauges = new Map<MediaStreamTrack, TrackGauge>();
  readonly #sinks = new Map<MediaStreamTrack, HTMLAudioElement>();
  readonly #started = performance.now();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(options: ProverOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(performance.now()), LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const sink of this.#sinks.values()) sink.srcObject = null;
    this.#sinks.clear();
  }

  #look(now: number): void {
    const { participant, candidate, live, connected, proven } = this.#options;
    const sent = participant()
      .sources.filter(({ muted }) => !muted)
      .map(({ source }) => source);
    if (sent.length === 0) {
      if (connected()) proven('connected');
      return;
    }
    const trials = sent.map((source) => this.#try(source, candidate().get(source), live().get(source), now));
    const inTime = now - this.#started < PATIENCE_MS;
    if (trials.every(({ equal }) => equal)) {
      const frames = trials.filter(({ kind }) => kind === 'video');
      if (inTime && frames.length > 0 && !frames.some(({ sameFrame }) => sameFrame)) return;
      proven(trials.some(({ compared }) => compared) ? 'parity' : 'first-media');
    } else if (!inTime && trials.every(({ flows }) => flows)) {
      proven('best-effort');
    }
  }

  #try(source: Source, candidate: RemoteTrack | undefined, live: RemoteTrack | undefined, now: number) {
    const kind = kindOfSource(source);
    const before = live === undefined ? undefined : this.#gauge(live);
    before?.look(now);
    if (candidate === undefined)
      return { kind, equal: false, flows: false, compared: false, sameFrame: false };
    if (kind === 'audio') this.#sink(candidate.track);
    const after = this.#gauge(candidate);
    const fresh = after.look(now);
    const flows = after.flowed;
    const compared = before !== undefined && before.count(now, WINDOW_MS) > 0;
    const sameFrame = fresh && (!compared || before.idleMs(now) <= SAME_FRAME_MS);
    if (this.#options.rule !== 'parity' || !compared)
      return { kind, equal: flows, flows, compared, sameFrame };
    const count = after.count(now, WINDOW_MS);
    const equal =
      kind === 'audio'
        ? count >= RUNNING_AUDIO
        : count >= before.count(now, WINDOW_MS) * ENOUGH_OF_FRAME_RATE && after.height >= before.height;
    return { kind, equal, flows, compared, sameFrame };
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
