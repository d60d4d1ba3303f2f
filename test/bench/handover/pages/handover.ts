import { Call, type SwitchRule } from '#client';
import type { HandoverRecord } from '#protocol';

/** One frame as it was presented: when (ms, this page's clock), how many lines it had, and how many there were until then. */
export type Frame = readonly [time: number, height: number, presented: number];

/** One handover as this page went through it. */
export interface Moment {
  readonly prepare: number;
  readonly settled: number;
}

/** What one page has seen. */
export interface Seen {
  /** By participant. */
  readonly frames: Record<string, Frame[]>;
  readonly moments: Moment[];
  /** The room's timeline, as everybody reported. */
  readonly records: HandoverRecord[];
  /** From the join until every one of the others had a frame on the screen, in ms; null until then. */
  readonly seesAllMs: number | null;
}

export interface JoinOptions {
  readonly server: string;
  readonly room: string;
  readonly name: string;
  readonly switchRule: SwitchRule;
}

export interface HandoverPage {
  /** Takes camera and microphone and looks at the room, as people do before they join. */
  preview(options: JoinOptions): Promise<void>;
  join(): Promise<void>;
  leave(): Promise<void>;
  seen(): Seen;
  /** Who one is, and over what the call runs; `settled` names a topology only between handovers. */
  state(): { readonly id: string | null; readonly settled: string | null; readonly handovers: number };
  /** As long as it is true, nothing that a new path decodes is seen by who has to prove it. */
  proveNothing(wanted: boolean): void;
}

declare global {
  interface Window {
    handover: HandoverPage;
  }
}

const KEPT_MS = 60_000;

let blind = false;
const native = Object.getOwnPropertyDescriptor(RTCRtpReceiver.prototype, 'getSynchronizationSources');
RTCRtpReceiver.prototype.getSynchronizationSources = function (this: RTCRtpReceiver) {
  const look = native?.value as () => RTCRtpSynchronizationSource[];
  return blind ? [] : look.call(this);
};

let call: Call;
const frames: Record<string, Frame[]> = {};
const moments: Moment[] = [];
const records: HandoverRecord[] = [];
const videos = new Map<string, { readonly video: HTMLVideoElement; readonly detach: () => void }>();
let seesAllMs: number | null = null;

function show(id: Parameters<Call['attach']>[0]): void {
  const video = document.createElement('video');
  video.autoplay = true;
  video.playsInline = true;
  video.width = 480;
  document.body.append(video);
  videos.set(id, { video, detach: call.attach(id, video) });
  const seen: Frame[] = [];
  frames[id] = seen;
  const next = (
    _now: number,
    { presentationTime, height, presentedFrames }: VideoFrameCallbackMetadata,
  ): void => {
    seen.push([presentationTime, height, presentedFrames]);
    while (presentationTime - (seen[0]?.[0] ?? presentationTime) > KEPT_MS) seen.shift();
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
}

function hide(id: string): void {
  const shown = videos.get(id);
  shown?.detach();
  shown?.video.remove();
  videos.delete(id);
}

window.handover = {
  async preview({ server, room, name, switchRule }) {
    const devices = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 640, height: 360, frameRate: 30 },
    });
    call = new Call({ serverUrl: server, room, displayName: name, switchRule });
    let prepare: number | null = null;
    call.on('handover', (record) => records.push(record));
    call.on('changed', ({ participants, handover }) => {
      for (const { id } of participants) if (!videos.has(id)) show(id);
      for (const id of videos.keys()) if (!participants.some((one) => one.id === id)) hide(id);
      const now = performance.now();
      if (handover === 'preparing') prepare ??= now;
      else if (prepare !== null) {
        moments.push({ prepare, settled: now });
        prepare = null;
      }
    });
    for (const track of devices.getTracks()) {
      await call.publish(track.kind === 'audio' ? 'mic' : 'camera', track);
    }
    await call.preview();
  },

  async join() {
    const start = performance.now();
    await call.join();
    const others = call.snapshot.participants.map(({ id }) => id);
    const look = (): void => {
      const firsts = others.map((id) => frames[id]?.[0]?.[0]);
      if (firsts.every((time) => time !== undefined)) seesAllMs = Math.max(...firsts) - start;
      else setTimeout(look, 5);
    };
    if (others.length > 0) look();
  },

  leave: () => call.leave(),

  seen: () => ({ frames, moments, records, seesAllMs }),

  state() {
    const { local, topology, handover } = call.snapshot;
    return { id: local.id, settled: handover === 'stable' ? topology : null, handovers: moments.length };
  },

  proveNothing(wanted) {
    blind = wanted;
  },
};
