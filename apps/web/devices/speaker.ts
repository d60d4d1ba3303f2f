import { recall, remember } from '../remembered.ts';
import { Store } from '../store.ts';

/** Where sound comes out: the id of a loudspeaker, or empty for the one that the system has chosen. */
export const SYSTEM_SPEAKER = '';

/** The loudspeaker that was chosen. */
export class Speaker {
  readonly id = new Store(recall('speaker') ?? SYSTEM_SPEAKER);
  /** It went away, and the system's is used, until that is dismissed. */
  readonly wentAway = new Store(false);

  #wasThere = false;

  /** Whether this browser lets a page choose (Safari before 18.4 and Firefox before 116 do not). */
  static get canBeChosen(): boolean {
    return 'setSinkId' in HTMLMediaElement.prototype;
  }

  choose(id: string): void {
    // It was chosen from those there are.
    this.#wasThere = true;
    this.wentAway.set(false);
    this.id.set(id);
    remember('speaker', id);
  }

  /** The system's from now on. What is remembered stays: it may be plugged in again another time. */
  fallBack(): void {
    if (this.id.get() === SYSTEM_SPEAKER) return;
    this.id.set(SYSTEM_SPEAKER);
    // One that was remembered and is not there today is nobody's loss.
    this.wentAway.set(this.#wasThere);
  }

  /** Falls back when the one that is used is not among those there are. */
  checkAgainst(devices: readonly MediaDeviceInfo[]): void {
    const outputs = devices.filter(({ kind }) => kind === 'audiooutput');
    // Before the page was allowed any device, none has an id.
    if (!outputs.some(({ deviceId }) => deviceId !== '')) return;
    if (outputs.some(({ deviceId }) => deviceId === this.id.get())) this.#wasThere = true;
    else this.fallBack();
  }
}
