import { Call, CallError } from '#client';
import type { Reaction, RoomVisibility } from '#protocol';
import { DeviceList } from '../devices/device-list.ts';
import { askFor, LocalDevice } from '../devices/local-device.ts';
import { ScreenShare } from '../devices/screen-share.ts';
import { Speaker } from '../devices/speaker.ts';
import type { PageQuery } from '../page/page-query.ts';
import { Panels } from '../panels/panels.ts';
import { RoomPreview } from '../preview/room-preview.ts';
import { recall } from '../remembered.ts';
import { Store } from '../store.ts';
import { reflectOnBody } from './body-attributes.ts';
import { showOnWindow } from './window-switchyard.ts';

export interface RoomSessionOptions {
  readonly room: string;
  readonly displayName: string;
  readonly query: PageQuery;
}

/** One visit to a room: its devices, and its call, which after leaving is followed by another one. */
export class RoomSession {
  readonly room: string;
  readonly mic = new LocalDevice('mic');
  readonly camera = new LocalDevice('camera');
  readonly screen = new ScreenShare();
  readonly speaker = new Speaker();
  readonly deviceList = new DeviceList();
  readonly call: Store<Call>;
  /** Chat and people, beside the call. */
  readonly panels = new Panels();
  /** Of the call that is looked at before it is joined. */
  readonly preview: RoomPreview;
  /** The person has said that they want to be in the call; until its devices have answered it may not have begun yet. */
  readonly wantsIn: Store<boolean>;
  /** What could not be done in a call that goes on, until it is dismissed. */
  readonly refusal = new Store<CallError | null>(null);
  readonly #options: RoomSessionOptions;
  #displayName: string;
  #visibility: RoomVisibility = 'private';
  /** The devices that were on when the call ended, for the next one. */
  #devicesOfCall: readonly LocalDevice[] = [];

  constructor(options: RoomSessionOptions) {
    this.#options = options;
    this.room = options.room;
    this.#displayName = options.displayName;
    this.wantsIn = new Store(options.query.autojoin);
    this.call = new Store(this.#newCall());
    this.preview = new RoomPreview(this.call.get());
    for (const device of this.#devices) device.state.subscribe(() => this.#send(device));
    this.screen.state.subscribe(() => this.#sendScreen());
    this.deviceList.devices.subscribe(() => this.speaker.checkAgainst(this.deviceList.devices.get()));
  }

  /** Asks for the devices that are wanted, and joins where no click is needed. Returns what ends the visit. */
  start(): () => void {
    this.#showCall();
    const stopListing = this.deviceList.start();
    const { audio, video, autojoin } = this.#options.query;
    const asked = [...(audio ? [this.mic] : []), ...(video ? [this.camera] : [])];
    const wanted = asked.filter(({ source }) => recall(source) !== 'off');
    if (!autojoin) this.preview.start();
    void this.#open(wanted, autojoin);
    const leaveNow = (): void => {
      this.preview.stop();
      this.call.get().leaveNow();
    };
    window.addEventListener('pagehide', leaveNow);
    return () => {
      window.removeEventListener('pagehide', leaveNow);
      leaveNow();
      stopListing();
      for (const device of [...this.#devices, this.screen]) device.release();
    };
  }

  /** Joins with what there is by now; devices that answer later come after. */
  join(displayName: string, visibility: RoomVisibility): void {
    this.#displayName = displayName;
    this.#visibility = visibility;
    this.wantsIn.set(true);
    this.#enter();
  }

  leave(): void {
    void this.call.get().leave();
  }

  /** Raises one's hand, or lowers it. */
  setHand(isUp: boolean): void {
    const call = this.call.get();
    this.#run(isUp ? call.raiseHand() : call.lowerHand());
  }

  /** Whoever claps too fast is not told so: what came through says it. */
  react(reaction: Reaction): void {
    this.#run(
      this.call
        .get()
        .react(reaction)
        .catch((error: unknown) => {
          if (!(error instanceof CallError && error.code === 'RATE_LIMITED')) throw error;
        }),
    );
  }

  rejoin(): void {
    const devices = this.#devicesOfCall;
    this.refusal.set(null);
    this.panels.reset();
    this.call.set(this.#newCall());
    this.#showCall();
    void this.#open(devices, true);
  }

  get #devices(): readonly LocalDevice[] {
    return [this.mic, this.camera];
  }

  async #open(devices: readonly LocalDevice[], joinThen: boolean): Promise<void> {
    if (devices.length > 0) await askFor(devices);
    if (joinThen) this.#enter();
  }

  #enter(): void {
    const call = this.call.get();
    if (call.state !== 'new') return;
    this.preview.stop();
    call.setVisibility(this.#visibility);
    this.#run(call.setDisplayName(this.#displayName));
    this.#run(call.join());
  }

  #newCall(): Call {
    const { room, query } = this.#options;
    const { topology, relayOnly } = query;
    const call = new Call({ room, displayName: this.#displayName, topology, relayOnly });
    call.on('changed', (snapshot) => {
      reflectOnBody(snapshot, document.body);
      if (snapshot.state === 'left' || snapshot.state === 'failed') this.#ended();
    });
    return call;
  }

  #showCall(): void {
    const call = this.call.get();
    reflectOnBody(call.snapshot, document.body);
    showOnWindow(call);
  }

  /** The lights go out. */
  #ended(): void {
    this.#devicesOfCall = this.#devices.filter(({ wanted }) => wanted);
    for (const device of [...this.#devices, this.screen]) device.release();
  }

  #send(device: LocalDevice): void {
    const call = this.call.get();
    const { source } = device;
    const state = device.state.get();
    if (call.state === 'left' || call.state === 'failed' || state.status === 'asking') return;
    // Only now have the devices names.
    if (state.status === 'on') void this.deviceList.refresh();
    if (state.status === 'on') this.#run(call.publish(source, state.track));
    else if (state.status === 'off' && call.state !== 'new') this.#run(call.setMuted(source, true));
    else this.#run(call.unpublish(source));
  }

  #sendScreen(): void {
    const call = this.call.get();
    const state = this.screen.state.get();
    if (call.state === 'left' || call.state === 'failed' || state.status === 'asking') return;
    const { picture = null, sound = null } = state.status === 'on' ? state : {};
    this.#run(picture === null ? call.unpublish('screen') : call.publish('screen', picture));
    this.#run(sound === null ? call.unpublish('screen-audio') : call.publish('screen-audio', sound));
  }

  /** Where the call itself ends by it, the call's snapshot says so; all else is told beside the call. */
  #run(doing: Promise<void>): void {
    doing.catch((error: unknown) => {
      if (!(error instanceof CallError)) throw error;
      if (this.call.get().state === 'joined') this.refusal.set(error);
    });
  }
}
