import type { Crowd } from './crowd.ts';
import type { Member, Vocabulary } from './vocabulary.ts';
import type { Wire } from './wire.ts';

export interface OpenRoom {
  readonly name: string;
  readonly members: readonly Member[];
  /** From each join that was sent to its answer. */
  readonly ackMs: readonly number[];
}

/** Does `work` so many times, at most `lanes` of them at once; in the order of their numbers. */
export async function inLanes<T>(
  count: number,
  lanes: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
  return results;
}

/** Everyone joins, one after another; `wireOf` connects them, or has connected them before. */
export async function enterRoom(
  vocabulary: Vocabulary,
  name: string,
  wireOf: (index: number) => Wire | Promise<Wire>,
): Promise<OpenRoom> {
  const members: Member[] = [];
  const ackMs: number[] = [];
  for (let index = 0; index < vocabulary.size; index += 1) {
    const wire = await wireOf(index);
    const asked = performance.now();
    const answer = await vocabulary.join(wire, name, index);
    ackMs.push(performance.now() - asked);
    members.push({ wire, answer });
  }
  await vocabulary.complete?.(members);
  return { name, members, ackMs };
}

/** Everyone connects and joins, one after another. */
export const openRoom = (crowd: Crowd, vocabulary: Vocabulary, name: string): Promise<OpenRoom> =>
  enterRoom(vocabulary, name, () => crowd.connect(vocabulary.namespace));

/** So that neither a server's nor the load's code is compiled while it is measured. Nobody stays. */
export async function warmUp(crowd: Crowd, vocabulary: Vocabulary, rooms: number): Promise<void> {
  // Few at once: there are servers that pass every message on to everybody.
  const LANES = 10;
  await inLanes(rooms, LANES, async (index) => {
    const room = await openRoom(crowd, vocabulary, `warm ${index}`);
    await vocabulary.exchange?.(room.members, room.name);
    crowd.cut(...room.members.map(({ wire }) => wire));
  });
}
