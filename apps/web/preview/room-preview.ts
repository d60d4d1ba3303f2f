import { CallError, type Call } from '#client';
import type { RoomVisibility } from '#protocol';
import { Store } from '../store.ts';

/** People come and go while somebody looks into their camera. */
const AGAIN_AFTER_MS = 5000;

/**
 * Who is in the room, for as long as somebody decides whether to join. Looking also lets the server get ready for them, and does so
 * anew where the room was opened, or the connection lost, in between.
 */
export class RoomPreview {
  /** In the order they joined; null while it is not known. */
  readonly displayNames = new Store<readonly string[] | null>(null);
  /** Whether the room is listed; null where nobody is there, or that is not known. */
  readonly visibility = new Store<RoomVisibility | null>(null);
  readonly #call: Pick<Call, 'preview'>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRunning = false;

  constructor(call: Pick<Call, 'preview'>) {
    this.#call = call;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#look();
  }

  stop(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const seen = await this.#ask();
    if (!this.#isRunning) return;
    this.displayNames.set(seen?.displayNames ?? null);
    this.visibility.set(seen?.visibility ?? null);
    this.#timer = setTimeout(() => void this.#look(), AGAIN_AFTER_MS);
  }

  /** Whatever is in the way, the join will say so; until then it is only not known who is there. */
  async #ask(): Promise<Awaited<ReturnType<Call['preview']>> | null> {
    try {
      return await this.#call.preview();
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      return null;
    }
  }
}
