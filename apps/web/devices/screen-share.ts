import { Store } from '../store.ts';

export type ScreenState =
  | { readonly status: 'off' }
  | { readonly status: 'asking' }
  | { readonly status: 'on'; readonly picture: MediaStreamTrack; readonly sound: MediaStreamTrack | null };

/** `ended`: by the browser's own bar, or by closing what was shared; the others keep a share from beginning. */
export type ScreenIncident = 'ended' | 'denied-by-system' | 'failed';

const OFF: ScreenState = { status: 'off' };

/** TypeScript's DOM library does not know these hints yet (W3C Screen Capture §5.4). */
interface DisplayMediaHints extends DisplayMediaStreamOptions {
  readonly systemAudio: 'include';
  readonly surfaceSwitching: 'include';
}

const WHAT: DisplayMediaHints = {
  video: { frameRate: { ideal: 30 } },
  audio: true,
  systemAudio: 'include',
  surfaceSwitching: 'include',
};

/** One's own screen, or a window or tab of it, with its sound where the browser gives it. */
export class ScreenShare {
  readonly state = new Store<ScreenState>(OFF);
  /** Until it is dismissed. */
  readonly incident = new Store<ScreenIncident | null>(null);
  #request = 0;

  /** Phones have nothing to share. */
  static get isPossible(): boolean {
    return 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;
  }

  async start(): Promise<void> {
    if (this.state.get().status !== 'off') return;
    this.#request += 1;
    const request = this.#request;
    this.incident.set(null);
    this.state.set({ status: 'asking' });
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(WHAT);
      this.#begin(request, stream);
    } catch (error) {
      if (request !== this.#request) return;
      this.state.set(OFF);
      this.incident.set(screenProblem(error));
    }
  }

  stop(): void {
    const state = this.state.get();
    this.#request += 1;
    this.state.set(OFF);
    if (state.status !== 'on') return;
    state.picture.stop();
    state.sound?.stop();
  }

  /** Off, and nothing to tell: the call is over. */
  release(): void {
    this.stop();
    this.incident.set(null);
  }

  #begin(request: number, stream: MediaStream): void {
    const [picture] = stream.getVideoTracks();
    const [sound = null] = stream.getAudioTracks();
    if (request !== this.#request || picture === undefined) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    // Not fired by our own `stop()`.
    picture.addEventListener('ended', () => this.#ended(picture));
    sound?.addEventListener('ended', () => this.#soundEnded(picture));
    this.state.set({ status: 'on', picture, sound });
  }

  #ended(picture: MediaStreamTrack): void {
    const state = this.state.get();
    if (state.status !== 'on' || state.picture !== picture) return;
    this.stop();
    this.incident.set('ended');
  }

  #soundEnded(picture: MediaStreamTrack): void {
    const state = this.state.get();
    if (state.status === 'on' && state.picture === picture) this.state.set({ ...state, sound: null });
  }
}

/** What is in the way of sharing (W3C Screen Capture §5.1); null where the person has merely thought better of it. */
export function screenProblem(error: unknown): ScreenIncident | null {
  const { name, message = '' } = Object(error) as Partial<Error>;
  if (name !== 'NotAllowedError') return 'failed';
  // Chrome says in its message alone that it was not the person who refused.
  return message.includes('by system') ? 'denied-by-system' : null;
}
