import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { participantIdSchema, type ParticipantInfo, type PathProof, type Source } from '#protocol';
import type { RemoteTrack } from './media-plane.ts';
import { PathProver, type SwitchRule } from './path-prover.ts';

const FRAME_MS = 40;
/** What a look may be late by. */
const LOOK_MS = 25;

/** A camera's track as it is received: from `fromMs` on a frame every `everyMs`, each with an RTP timestamp of its own. */
class Camera {
  height = 360;
  readonly #fromMs: number;
  readonly #everyMs: number;

  constructor({ fromMs, everyMs = FRAME_MS }: { fromMs: number; everyMs?: number }) {
    this.#fromMs = fromMs;
    this.#everyMs = everyMs;
  }

  get frames(): number {
    return Math.max(0, Math.floor((performance.now() - this.#fromMs) / this.#everyMs) + 1);
  }

  /** Since when the last frame is there. */
  get ageMs(): number {
    return (performance.now() - this.#fromMs) % this.#everyMs;
  }

  get remote(): RemoteTrack {
    const track: Partial<MediaStreamTrack> = { getSettings: () => ({ height: this.height }) };
    const receiver: Partial<RTCRtpReceiver> = {
      getSynchronizationSources: () =>
        this.frames === 0 ? [] : [{ source: 1, timestamp: 0, rtpTimestamp: this.frames * 90 * FRAME_MS }],
    };
    return { track: track as MediaStreamTrack, receiver: receiver as RTCRtpReceiver };
  }
}

/** A microphone's track: from `fromMs` on something to hear every `everyMs`, so loud. */
function microphone({
  fromMs,
  everyMs,
  level,
}: {
  fromMs: number;
  everyMs: number;
  level: number;
}): RemoteTrack {
  const receiver: Partial<RTCRtpReceiver> = {
    getSynchronizationSources: () => {
      const packets = Math.floor((performance.now() - fromMs) / everyMs) + 1;
      return packets <= 0
        ? []
        : [{ source: 1, timestamp: 0, rtpTimestamp: packets * everyMs * 48, audioLevel: level }];
    },
  };
  const track: Partial<MediaStreamTrack> = { kind: 'audio' };
  return { track: track as MediaStreamTrack, receiver: receiver as RTCRtpReceiver };
}

interface Proof {
  readonly proof: PathProof;
  readonly atMs: number;
}

interface Trial {
  readonly candidate: Camera | null;
  readonly live?: Camera;
  readonly rule?: SwitchRule;
  readonly muted?: boolean;
  readonly connected?: boolean;
}

describe('PathProver', () => {
  let prover: PathProver | undefined;

  beforeEach(() => {
    jest.useFakeTimers();
    // The prover begins at 0.
    jest.advanceTimersByTime(1000);
  });
  afterEach(() => {
    prover?.stop();
    jest.useRealTimers();
  });

  const cameras = (camera: Camera | null | undefined): ReadonlyMap<Source, RemoteTrack> => {
    const tracks = new Map<Source, RemoteTrack>();
    if (camera !== null && camera !== undefined) tracks.set('camera', camera.remote);
    return tracks;
  };

  /** Runs a trial for so long; what it came to, and when. */
  function runFor(ms: number, { candidate, live, rule = 'parity', muted = false, connected = true }: Trial) {
    const participant: ParticipantInfo = {
      id: participantIdSchema.parse('ada'),
      displayName: 'Ada',
      role: 'guest',
      joinedSeq: 1,
      handSeq: null,
      sources: [{ source: 'camera', muted }],
    };
    const begun = performance.now();
    const proofs: Proof[] = [];
    const candidateTracks = cameras(candidate);
    const liveTracks = cameras(live);
    prover = new PathProver({
      rule,
      participant: () => participant,
      candidate: () => candidateTracks,
      live: () => liveTracks,
      connected: () => connected,
      proven: (proof) => {
        proofs.push({ proof, atMs: performance.now() - begun });
        prover?.stop();
      },
    });
    jest.advanceTimersByTime(ms);
    return proofs;
  }

  it('shows somebody new with the first frame', () => {
    const [first] = runFor(1000, { candidate: new Camera({ fromMs: 1300 }) });
    expect(first?.proof).toBe('first-media');
    expect(first?.atMs).toBeGreaterThanOrEqual(300);
    expect(first?.atMs).toBeLessThanOrEqual(300 + LOOK_MS);
  });

  it.each([
    ['behind the live one', 1312],
    ['ahead of the live one', 1310 - 12],
    ['in step with it', 1310],
  ])('changes over when the new path is as good, %s, while both show the same frame', (_which, fromMs) => {
    const live = new Camera({ fromMs: 1310 - 10 * FRAME_MS });
    const candidate = new Camera({ fromMs });
    const ages: number[] = [];
    const proofs = runFor(2000, { candidate, live });
    expect(proofs).toHaveLength(1);
    expect(proofs[0]?.proof).toBe('parity');
    // 80 % of the frames of 400 ms have come by then, and the second path's frame is new.
    expect(proofs[0]?.atMs).toBeGreaterThanOrEqual(300 + 0.7 * 400);
    expect(proofs[0]?.atMs).toBeLessThanOrEqual(300 + 400 + 4 * FRAME_MS);
    const at = 1000 + (proofs[0]?.atMs ?? 0);
    for (const from of [1310, fromMs]) ages.push((at - from) % FRAME_MS);
    expect(Math.min(...ages)).toBeLessThanOrEqual(LOOK_MS);
    expect(Math.abs((ages[0] ?? 0) - (ages[1] ?? 0))).toBeLessThanOrEqual(FRAME_MS / 2);
  });

  it('waits for the picture to be as high as it was', () => {
    const candidate = new Camera({ fromMs: 1100 });
    candidate.height = 180;
    const grow = setTimeout(() => (candidate.height = 360), 1500);
    const [first] = runFor(2500, { candidate, live: new Camera({ fromMs: 0 }) });
    clearTimeout(grow);
    expect(first?.proof).toBe('parity');
    expect(first?.atMs).toBeGreaterThanOrEqual(1500);
    expect(first?.atMs).toBeLessThan(1500 + 3 * FRAME_MS);
  });

  it('takes the best there is when three seconds have brought nothing better', () => {
    const proofs = runFor(4000, {
      candidate: new Camera({ fromMs: 1100, everyMs: 4 * FRAME_MS }),
      live: new Camera({ fromMs: 0 }),
    });
    expect(proofs.map(({ proof }) => proof)).toEqual(['best-effort']);
    expect(proofs[0]?.atMs).toBeGreaterThanOrEqual(3000);
    expect(proofs[0]?.atMs).toBeLessThan(3000 + 2 * LOOK_MS);
  });

  it('proves nothing where nothing comes', () => {
    expect(runFor(10_000, { candidate: null, live: new Camera({ fromMs: 0 }) })).toEqual([]);
  });

  it('takes a path for good when the live one has died', () => {
    const live = new Camera({ fromMs: 0, everyMs: 100_000 });
    const [first] = runFor(2000, { candidate: new Camera({ fromMs: 1100 }), live });
    expect(first?.proof).toMatch(/parity|first-media/);
  });

  it('proves somebody who sends nothing by the connection, and not before', () => {
    expect(runFor(5000, { candidate: null, muted: true, connected: false })).toEqual([]);
    expect(runFor(100, { candidate: null, muted: true })).toEqual([{ proof: 'connected', atMs: LOOK_MS }]);
  });

  it('can be told to change over with the first frame, to be compared with', () => {
    const live = new Camera({ fromMs: 0 });
    const candidate = new Camera({ fromMs: 1300 });
    candidate.height = 180;
    const [first] = runFor(2000, { candidate, live, rule: 'first-frame' });
    expect(first?.atMs).toBeLessThan(300 + 4 * FRAME_MS);
  });

  describe('of a sound', () => {
    const stubbed = ['Audio', 'MediaStream'] as const;
    beforeEach(() => {
      class Sink {
        srcObject: unknown = null;
        muted = false;
        play = (): Promise<void> => Promise.resolve();
      }
      class Stream {
        removeTrack = (): void => undefined;
      }
      Object.assign(globalThis, { Audio: Sink, MediaStream: Stream });
    });
    afterEach(() => {
      prover?.stop();
      for (const name of stubbed) Reflect.deleteProperty(globalThis, name);
    });

    const EVERY_PACKET_MS = 20;
    /** What a silent sender sends over the SFU (RFC 6716 §2.1.9). */
    const DTX_MS = 400;

    function hearFor(ms: number, live: RemoteTrack, candidate: RemoteTrack): Proof[] {
      const begun = performance.now();
      const proofs: Proof[] = [];
      prover = new PathProver({
        rule: 'parity',
        participant: () => ({
          id: participantIdSchema.parse('ada'),
          displayName: 'Ada',
          role: 'guest',
          joinedSeq: 1,
          sources: [{ source: 'mic', muted: false }],
          handSeq: null,
        }),
        candidate: () => new Map([['mic', candidate]]),
        live: () => new Map([['mic', live]]),
        connected: () => true,
        proven: (proof) => {
          proofs.push({ proof, atMs: performance.now() - begun });
          prover?.stop();
        },
      });
      jest.advanceTimersByTime(ms);
      return proofs;
    }

    it('is proven by a running jitter buffer', () => {
      const live = microphone({ fromMs: 0, everyMs: EVERY_PACKET_MS, level: 0.3 });
      const [first] = hearFor(2000, live, microphone({ fromMs: 1200, everyMs: EVERY_PACKET_MS, level: 0.3 }));
      expect(first?.proof).toBe('parity');
      expect(first?.atMs).toBeLessThan(200 + 400);
    });

    it('does not wait for a sender that is silent, and so sends next to nothing', () => {
      const live = microphone({ fromMs: 0, everyMs: EVERY_PACKET_MS, level: 0 });
      const [first] = hearFor(2500, live, microphone({ fromMs: 1200, everyMs: DTX_MS, level: 0 }));
      expect(first?.proof).toBe('parity');
      expect(first?.atMs).toBeLessThan(200 + DTX_MS);
    });

    it('is not taken for silence when the live one speaks', () => {
      const live = microphone({ fromMs: 0, everyMs: EVERY_PACKET_MS, level: 0.3 });
      expect(hearFor(2500, live, microphone({ fromMs: 1200, everyMs: DTX_MS, level: 0 }))).toEqual([]);
    });
  });
});
