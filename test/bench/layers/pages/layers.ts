import { Call } from '#client';
import type { ParticipantId } from '#protocol';

/** What a page has received so far, in bytes of RTP with its headers. */
export interface ReceivedBytes {
  readonly video: number;
  readonly audio: number;
}

/** What a page has encoded so far, by layer, lowest first. */
export interface SentLayer {
  readonly height: number;
  readonly frames: number;
  readonly bytes: number;
}

export interface JoinOptions {
  readonly server: string;
  readonly room: string;
  readonly name: string;
  readonly camera: { readonly width: number; readonly height: number; readonly frameRate: number } | null;
  readonly mic: boolean;
  /** Off, everything is received, always: then no layer ever goes unwatched either. */
  readonly adaptiveStream: boolean;
}

export interface LayersPage {
  join(options: JoinOptions): Promise<string>;
  leave(): Promise<void>;
  /** Shows the first `count` of the others that `first` begins with, each in a tile of that size; none of the rest. */
  show(count: number, width: number, height: number, first?: string): void;
  received(): Promise<ReceivedBytes>;
  sent(): Promise<SentLayer[]>;
  /** Lines of the picture that is shown of that participant; 0 before the first. */
  heightOf(id: string): number;
  /** How many of the others have a picture that has moved since the last call. */
  moving(): number;
}

declare global {
  interface Window {
    layers: LayersPage;
  }
}

const connections: RTCPeerConnection[] = [];
const Native = RTCPeerConnection;
window.RTCPeerConnection = class extends Native {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

interface Tile {
  readonly video: HTMLVideoElement;
  readonly detach: () => void;
  lastTime: number;
}

let call: Call;
let devices: MediaStream | undefined;
const tiles = new Map<ParticipantId, Tile>();
let isViewer = false;

function followParticipants(): void {
  const { participants } = call.snapshot;
  for (const { id } of participants) {
    // Senders look at nobody: the viewer is who counts.
    if (!isViewer) call.prefer(id, 'camera', { visible: false });
    else if (!tiles.has(id)) {
      const video = document.createElement('video');
      video.autoplay = true;
      video.playsInline = true;
      video.muted = true;
      video.style.display = 'none';
      document.body.append(video);
      tiles.set(id, { video, detach: call.attach(id, video), lastTime: 0 });
    }
  }
  for (const [id, { video, detach }] of tiles) {
    if (participants.some((one) => one.id === id)) continue;
    detach();
    video.remove();
    tiles.delete(id);
  }
}

async function statistics(): Promise<RTCStats[]> {
  const open = connections.filter(({ connectionState }) => connectionState !== 'closed');
  const reports = await Promise.all(open.map((connection) => connection.getStats()));
  return reports.flatMap((report) => [...(report.values() as Iterable<RTCStats>)]);
}

document.documentElement.style.overflow = 'hidden';
document.body.style.cssText = 'margin:0;display:flex;flex-wrap:wrap;align-content:flex-start';

window.layers = {
  async join({ server, room, name, camera, mic, adaptiveStream }) {
    isViewer = camera === null;
    call = new Call({ serverUrl: server, room, displayName: name, topology: 'sfu', adaptiveStream });
    let known = '';
    call.on('changed', ({ participants }) => {
      const ids = participants.map(({ id }) => id).join();
      if (ids !== known) followParticipants();
      known = ids;
    });
    if (camera !== null) {
      devices ??= await navigator.mediaDevices.getUserMedia({ audio: mic, video: camera });
      for (const track of devices.getTracks())
        await call.publish(track.kind === 'audio' ? 'mic' : 'camera', track);
    }
    await call.join();
    return call.snapshot.local.id ?? '';
  },

  async leave() {
    await call.leave();
    for (const { video, detach } of tiles.values()) {
      detach();
      video.remove();
    }
    tiles.clear();
  },

  show(count, width, height, first) {
    const ids = [...tiles.keys()].toSorted((one, other) => Number(other === first) - Number(one === first));
    for (const [index, id] of ids.entries()) {
      const video = tiles.get(id)?.video;
      if (video === undefined) continue;
      video.style.order = String(index);
      video.style.display = index < count ? 'block' : 'none';
      video.style.width = `${width}px`;
      video.style.height = `${height}px`;
    }
  },

  async received() {
    const sum = { video: 0, audio: 0 };
    for (const one of await statistics()) {
      if (one.type !== 'inbound-rtp') continue;
      const {
        kind,
        bytesReceived = 0,
        headerBytesReceived = 0,
      } = one as RTCInboundRtpStreamStats & {
        headerBytesReceived?: number;
      };
      sum[kind as 'video' | 'audio'] += bytesReceived + headerBytesReceived;
    }
    return sum;
  },

  async sent() {
    const layers: (SentLayer & { readonly rid: string })[] = [];
    for (const one of await statistics()) {
      if (one.type !== 'outbound-rtp') continue;
      const {
        kind,
        rid = '',
        framesEncoded = 0,
        frameHeight = 0,
        bytesSent = 0,
      } = one as RTCOutboundRtpStreamStats;
      if (kind === 'video')
        layers.push({ rid, frames: framesEncoded, height: frameHeight, bytes: bytesSent });
    }
    return layers.toSorted((one, other) => one.rid.localeCompare(other.rid));
  },

  heightOf: (id) => tiles.get(id as ParticipantId)?.video.videoHeight ?? 0,

  moving() {
    let count = 0;
    for (const tile of tiles.values()) {
      if (tile.video.currentTime > tile.lastTime && tile.video.videoHeight > 0) count += 1;
      tile.lastTime = tile.video.currentTime;
    }
    return count;
  },
};
