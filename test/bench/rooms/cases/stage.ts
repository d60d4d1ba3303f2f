import { Crowd } from '../load/crowd.ts';
import type { Vocabulary } from '../load/vocabulary.ts';
import { warmUp } from '../load/rooms.ts';
import type { Machine } from '../server/machine.ts';
import { busyMs } from '../server/proc.ts';
import { ServerUnderTest, type Contestant } from '../server/server-under-test.ts';

/** Who has been there and left before anything is measured, for each vocabulary. */
const WARM_PEOPLE = 400;

/** Of one core: more than what a machine does that does nothing. */
const OTHERS_SHARE = 0.15;
const ATTEMPTS = 3;
const LOOK_MS = 200;
const LOOKS = 50;

/** A fresh server, and everybody who is connected to it. */
export interface Stage {
  readonly server: ServerUnderTest;
  readonly crowd: Crowd;
}

/**
 * Runs `work` on a fresh server, which has warmed up with those vocabularies and has nobody on it. If others use the machine meanwhile,
 * it is done again, which does not depend on what came out.
 */
export async function onStage<T>(
  contestant: Contestant,
  machine: Machine,
  vocabularies: readonly Vocabulary[],
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    await calm();
    const { result, othersShare } = await once(contestant, machine, vocabularies, work);
    if (othersShare < OTHERS_SHARE) return result;
    const said = `others used ${(100 * othersShare).toFixed(0)} % of a core meanwhile`;
    if (attempt === ATTEMPTS) {
      machine.disturbed += 1;
      process.stderr.write(`${said}; kept nevertheless\n`);
      return result;
    }
    process.stderr.write(`${said}; once more\n`);
  }
}

/** As `onStage`, but whoever else uses the machine may: for what is read off the server's own CPU time alone. */
export async function onSharedStage<T>(
  contestant: Contestant,
  machine: Machine,
  vocabularies: readonly Vocabulary[],
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  return (await once(contestant, machine, vocabularies, work)).result;
}

/** Resolves once nobody uses the machine, or when that has taken too long. */
async function calm(): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const before = busyMs();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (busyMs() - before < OTHERS_SHARE * LOOK_MS) return;
  }
}

async function once<T>(
  contestant: Contestant,
  machine: Machine,
  vocabularies: readonly Vocabulary[],
  work: (stage: Stage) => Promise<T>,
): Promise<{ readonly result: T; readonly othersShare: number }> {
  const server = await ServerUnderTest.start(contestant, machine);
  const crowd = new Crowd(server);
  try {
    const stage = { server, crowd };
    for (const vocabulary of vocabularies) await warm(stage, vocabulary);
    const before = await othersMs(server);
    const begun = performance.now();
    const result = await work(stage);
    const tookMs = performance.now() - begun;
    return { result, othersShare: ((await othersMs(server)) - before) / tookMs };
  } finally {
    crowd.close();
    await server.stop();
  }
}

/** What everybody but the load and the server has used. */
async function othersMs(server: ServerUnderTest): Promise<number> {
  const { cpuMs, workerCpuMs } = await server.read();
  const { user, system } = process.cpuUsage();
  return busyMs() - cpuMs - workerCpuMs - (user + system) / 1000;
}

export async function warm({ server, crowd }: Stage, vocabulary: Vocabulary): Promise<void> {
  await warmUp(crowd, vocabulary, Math.ceil(WARM_PEOPLE / vocabulary.size));
  await server.settled();
}
