import { kindOfSource, type ParticipantInfo } from '#protocol';
import type { MediaPlane } from './media-plane.ts';
import { readFigures } from './path-report.ts';

const POLL_MS = 50;

/**
 * Watches the candidate path of one participant until it carries what that participant sends: video is being decoded, audio arrives.
 * Somebody who sends nothing is proven by the connection alone.
 */
export class PathProver {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(plane: MediaPlane, participant: () => ParticipantInfo, proven: () => void) {
    const poll = async (): Promise<void> => {
      const flows = await carries(plane, participant());
      if (this.#stopped) return;
      if (flows) proven();
      else this.#timer = setTimeout(() => void poll(), POLL_MS);
    };
    void poll();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}

async function carries(plane: MediaPlane, { id, sources }: ParticipantInfo): Promise<boolean> {
  if (!plane.connected(id)) return false;
  const sent = sources.filter(({ muted }) => !muted).map(({ source }) => kindOfSource(source));
  if (sent.length === 0) return true;
  const { framesDecoded, audioPacketsReceived } = readFigures(await plane.stats(id));
  return (
    (!sent.includes('video') || framesDecoded > 0) && (!sent.includes('audio') || audioPacketsReceived > 0)
  );
}
