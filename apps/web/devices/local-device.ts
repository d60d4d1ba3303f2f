import { remember } from '../remembered.ts';
import { Store } from '../store.ts';
import {
  ANY,
  constraintsFor,
  rememberChoice,
  rememberedChoice,
  type DeviceChoice,
  type DeviceSource,
} from './device-choice.ts';
import { deviceProblem, type DeviceProblem } from './device-problem.ts';
import { listDevices, openDevices } from './open-devices.ts';

export type DeviceState =
  | { readonly status: 'off' }
  | { readonly status: 'asking' }
  | { readonly status: 'on'; readonly track: MediaStreamTrack }
  | { readonly status: 'problem'; readonly problem: DeviceProblem };

/** What happened to a device that works all the same. `replaced`: it went away, another one is used; `kept`: the one that was chosen could not be had. */
export interface DeviceIncident {
  readonly kind: 'replaced' | 'kept';
  /** The device that is used now. */
  readonly label: string;
}

const OFF: DeviceState = { status: 'off' };

/** The microphone or the camera: off, or on with its track, or what is in the way. */
export class LocalDevice {
  readonly source: DeviceSource;
  readonly state = new Store<DeviceState>(OFF);
  /** Until it is dismissed. */
  readonly incident = new Store<DeviceIncident | null>(null);
  readonly choice: Store<DeviceChoice>;
  /** A microphone that is off keeps its track, to be back at once; a camera gives it up, so that its light goes out. */
  #keptTrack: MediaStreamTrack | null = null;
  #request = 0;

  constructor(source: DeviceSource) {
    this.source = source;
    this.choice = new Store(rememberedChoice(source));
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

  /** What to ask for: the device that was chosen and no other, or rather that one. */
  constraints(exactly: boolean): MediaStreamConstraints {
    return constraintsFor(this.source, this.choice.get(), exactly);
  }

  /** As the person wishes, who will find it so at the next visit. What ends by itself, or with the call, was not their choice. */
  toggle(): void {
    remember(this.source, this.wanted ? 'off' : 'on');
    if (this.wanted) this.turnOff();
    else void this.turnOn();
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
    this.incident.set(null);
  }

  /** From now on this one. While it is on, it goes on with the old one until the new one is there. */
  async choose(choice: DeviceChoice): Promise<void> {
    const before = this.choice.get();
    this.choice.set(choice);
    this.incident.set(null);
    this.#keptTrack?.stop();
    this.#keptTrack = null;
    const state = this.state.get();
    if (state.status === 'problem' || state.status === 'asking') await askFor([this]);
    if (state.status !== 'on') {
      rememberChoice(this.source, choice);
      return;
    }
    this.#request += 1;
    const request = this.#request;
    try {
      const track = await this.#change(state.track, choice);
      this.fulfil(request, track);
      state.track.stop();
      rememberChoice(this.source, choice);
    } catch (error) {
      if (request !== this.#request) return;
      this.choice.set(before);
      if (state.track.readyState === 'live') this.incident.set({ kind: 'kept', label: state.track.label });
      else this.refuse(request, error);
    }
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
    track.addEventListener('ended', () => void this.#lost(track));
    this.state.set({ status: 'on', track });
  }

  refuse(request: number, error: unknown): void {
    if (request !== this.#request) return;
    this.state.set({ status: 'problem', problem: deviceProblem(error, window.isSecureContext) });
  }

  async #change(old: MediaStreamTrack, choice: DeviceChoice): Promise<MediaStreamTrack> {
    const open = async (): Promise<MediaStreamTrack> =>
      onlyTrack(await openDevices(constraintsFor(this.source, choice, true)));
    // A phone has one of its cameras on at a time.
    if ('facing' in choice) old.stop();
    try {
      return await open();
    } catch (error) {
      if (this.source === 'mic' || old.readyState === 'ended' || deviceProblem(error, true) !== 'busy')
        throw error;
      old.stop();
      return open();
    }
  }

  /** Another one of its kind takes over, if there is one that may be used. */
  async #lost(track: MediaStreamTrack): Promise<void> {
    const state = this.state.get();
    const wasOn = state.status === 'on' && state.track === track;
    if (!wasOn && this.#keptTrack !== track) return;
    this.#keptTrack = null;
    if (!wasOn) {
      this.state.set({ status: 'problem', problem: 'unplugged' });
      return;
    }
    const request = this.beginRequest();
    try {
      if (!(await this.#anotherIsAllowed())) throw new DOMException('none is left', 'NotFoundError');
      const substitute = onlyTrack(await openDevices(constraintsFor(this.source, ANY, false)));
      this.fulfil(request, substitute);
      if (request === this.#request) this.incident.set({ kind: 'replaced', label: substitute.label });
    } catch (error) {
      if (request !== this.#request) return;
      const problem = deviceProblem(error, window.isSecureContext);
      this.state.set({ status: 'problem', problem: problem === 'absent' ? 'unplugged' : problem });
    }
  }

  /** Devices have names only for a page that may use them: whoever took the permission back is not asked again. */
  async #anotherIsAllowed(): Promise<boolean> {
    const kind = this.source === 'mic' ? 'audioinput' : 'videoinput';
    return (await listDevices()).some((device) => device.kind === kind && device.label !== '');
  }
}

/** Asks for all of them in one question, and where that fails for each alone: no camera must not cost the microphone. */
export async function askFor(devices: readonly LocalDevice[]): Promise<void> {
  const requests = devices.map((device) => ({ device, request: device.beginRequest() }));
  let stream: MediaStream;
  try {
    stream = await openChosen(devices);
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

/** A wish alone would not do: browsers may find that another camera fits the size better. */
async function openChosen(devices: readonly LocalDevice[]): Promise<MediaStream> {
  const constraints = (exactly: boolean): MediaStreamConstraints =>
    devices.reduce((all, device) => ({ ...all, ...device.constraints(exactly) }), {});
  try {
    return await openDevices(constraints(true));
  } catch (error) {
    // Not every browser's OverconstrainedError is an Error.
    if ((Object(error) as Partial<Error>).name !== 'OverconstrainedError') throw error;
    return openDevices(constraints(false));
  }
}

/** One after the other: two questions at once hide each other in some browsers. */
async function askForEach(devices: readonly LocalDevice[]): Promise<void> {
  for (const device of devices) {
    if (device.wanted) await askFor([device]);
  }
}

function onlyTrack(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getTracks();
  if (track === undefined) throw new DOMException('no track', 'NotFoundError');
  return track;
}
