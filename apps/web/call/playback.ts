import { Store } from '../store.ts';
import { SYSTEM_SPEAKER } from '../devices/speaker.ts';

/** Plays the sound of the call. Browsers may refuse that until somebody has clicked on the page; the pictures run meanwhile. */
export class Playback {
  readonly isSilenced = new Store(false);
  readonly #playing = new Set<HTMLAudioElement>();
  readonly #silenced = new Set<HTMLAudioElement>();
  #speakerId = SYSTEM_SPEAKER;

  add(audio: HTMLAudioElement): void {
    this.#playing.add(audio);
    audio.addEventListener('playing', this.#route);
  }

  /** To be called again whenever the element stands still: one whose stream was empty for a while has ended. */
  async play(audio: HTMLAudioElement): Promise<void> {
    try {
      await audio.play();
    } catch (error) {
      if (!isRefusal(error) || !this.#playing.has(audio)) return;
      this.#silenced.add(audio);
      this.isSilenced.set(true);
    }
  }

  forget(audio: HTMLAudioElement): void {
    this.#playing.delete(audio);
    audio.removeEventListener('playing', this.#route);
    this.#heard(audio);
  }

  /** To be called in a click. */
  hear(): void {
    for (const audio of this.#silenced) {
      this.#heard(audio);
      void this.play(audio);
    }
  }

  /** @throws DOMException if that loudspeaker cannot be used; the sound then goes on where it was */
  async playThrough(speakerId: string): Promise<void> {
    if (speakerId === this.#speakerId) return;
    this.#speakerId = speakerId;
    await Promise.all([...this.#playing].map((audio) => audio.setSinkId(speakerId)));
  }

  /** Not before it plays: an element that still loads refuses. One that has gone away meanwhile is told of by the list of devices. */
  readonly #route = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLAudioElement) || this.#speakerId === SYSTEM_SPEAKER) return;
    currentTarget.setSinkId(this.#speakerId).catch((error: unknown) => {
      if (!(error instanceof DOMException)) throw error;
    });
  };

  #heard(audio: HTMLAudioElement): void {
    this.#silenced.delete(audio);
    if (this.#silenced.size === 0) this.isSilenced.set(false);
  }
}

/** The other rejection, `AbortError`, means that the element got something else to play. */
function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
