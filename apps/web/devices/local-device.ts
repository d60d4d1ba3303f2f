import { Store } from '../store.ts';
import { deviceProblem, type DeviceProblem } from './device-problem.ts';

export type DeviceSource = 'mic' | 'camera';

export type DeviceState =
  | { readonly status: 'off' }
  | { readonly status: 'asking' }
  | { readonly status: 'on'; readonly track: MediaStreamTrack }
  | { readonly status: 'problem'; readonly problem: DeviceProblem };

const CONSTRAINTS: Record<DeviceSource, MediaStreamConstraints> = {
  mic: { audio: true },
  camera: {
    video: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 30 }, facingMode: 'user' },
  },
};

const OFF: DeviceState = { status: 'off' };

/** The microphone or the camera: off, or on with its track, or what is in the way. */
export class LocalDevice {
  readonly source: DeviceSource;
  readonly state = new Store<DeviceState>(OFF);
  /** A microphone that is off keeps its track, to be back at once; a camera gives it up, so that its light goes out. */
  #keptTrack: MediaStreamTrack | null = null;
  #request = 0;

  constructor(source: DeviceSource) {
    this.source = source;
  }

  /** Whether it is on, or about to be. */
  get wanted(): boolean {
    const { status } = this.state.get();
    return status === 'on' || status === 'asking';
  }

  /** Of a microphone that is off and can be back at once; null otherwise. */
  get mutedTrack(): MediaStreamTrack | null {
    return this.#keptTrack;
  }

  async turnOn(): Promise<void> {
    if (this.wanted) return;
    if (this.#keptTrack?.readyState === 'live') {
      const track = this.#keptTrack;
      this.#keptTrack = null;
      this.state.set({ status: 'on', track });
      return;
    }
    await askFor([this]);
  }

  turnOff(): void {
    const state = this.state.get();
    this.#request += 1;
    this.state.set(OFF);
    if (state.status !== 'on') return;
    if (this.source === 'mic') this.#keptTrack = state.track;
    else state.track.stop();
  }

  /** Off, and nothing is kept: the call is over. */
  release(): void {
    this.turnOff();
    this.#keptTrack?.stop();
    this.#keptTrack = null;
  }

  /** Asks begin here; whoever is answered after the device was turned off, or asked for again, is answered too late. */
  beginRequest(): number {
    this.#request += 1;
    this.state.set({ status: 'asking' });
    return this.#request;
  }

  fulfil(request: number, track: MediaStreamTrack): void {
    if (request !== this.#request) {
      track.stop();
      return;
    }
    // Not fired by our own `stop()`: the device was pulled out, or its permission taken back.
    track.addEventListener('ended', () => this.#lost(track));
    this.state.set({ status: 'on', track });
  }

  refuse(request: number, error: unknown): void {
    if (request !== this.#request) return;
    this.state.set({ status: 'problem', problem: deviceProblem(error, window.isSecureContext) });
  }

  #lost(track: MediaStreamTrack): void {
    const state = this.state.get();
    const isOurs = this.#keptTrack === track || (state.status === 'on' && state.track === track);
    if (!isOurs) return;
    this.#keptTrack = null;
    this.state.set({ status: 'problem', problem: 'unplugged' });
  }
}

/** Asks for all of them in one question, and where that fails for each alone: no camera must not cost the microphone. */
export async function askFor(devices: readonly LocalDevice[]): Promise<void> {
  const requests = devices.map((device) => ({ device, request: device.beginRequest() }));
  const constraints = devices.reduce<MediaStreamConstraints>(
    (all, { source }) => ({ ...all, ...CONSTRAINTS[source] }),
    {},
  );
  let stream: MediaStream;
  try {
    stream = await openDevices(constraints);
  } catch (error) {
    if (requests.length > 1) await askForEach(devices);
    else for (const { device, request } of requests) device.refuse(request, error);
    return;
  }
  for (const { device, request } of requests) {
    const [track] = device.source === 'mic' ? stream.getAudioTracks() : stream.getVideoTracks();
    if (track === undefined) device.refuse(request, new DOMException('no track', 'NotFoundError'));
    else device.fulfil(request, track);
  }
}

/** One after the other: two questions at once hide each other in some browsers. */
async function askForEach(devices: readonly LocalDevice[]): Promise<void> {
  for (const device of devices) {
    if (device.wanted) await askFor([device]);
  }
}

function openDevices(constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (!('mediaDevices' in navigator)) {
    return Promise.reject(new DOMException('devices need HTTPS or localhost', 'SecurityError'));
  }
  return navigator.mediaDevices.getUserMedia(constraints);
}
