import type { Browser } from 'playwright-core';
import type { ConferenceCounts } from '#conference';
import type { Topology } from '#protocol';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from './call-page.ts';
import { launchChromium, newPerson } from './chromium.ts';
import { installHandoverWatch, type Colour } from './handover-watch.ts';
import { HandoverWire } from './handover-wire.ts';
import { startServer } from './server.ts';
import { until } from './until.ts';

/** How long a busy machine may take until something is decoded, or is no more. */
export const MEDIA_MS = 20_000;
/** A room goes back to mesh so soon after it has become small enough. */
export const DWELL_MS = 300;
/** The mean of red, green and blue below which a picture counts as black. */
const BLACK = 16;
/** How far a colour that was encoded and decoded may be from what it was, in each of red, green and blue. */
const COLOUR_TOLERANCE = 60;

/** Somebody in the call, whose messages can be held back and whose page watches what it shows. */
export class Person {
  readonly call: CallPage;
  readonly wire: HandoverWire;

  constructor(call: CallPage, wire: HandoverWire) {
    this.call = call;
    this.wire = wire;
  }

  get name(): string {
    return this.call.name;
  }

  get page(): CallPage['page'] {
    return this.call.page;
  }

  /** From the look at one's own camera into the call. */
  async enter(): Promise<void> {
    await this.press('Join');
    await until(
      () => `${this.name} to join`,
      async () => {
        const { callState } = await this.call.body();
        if (callState !== 'failed') return callState === 'joined';
        const error = await this.page.evaluate(() => window.switchyard?.call.snapshot.error?.message);
        throw new Error(`${this.name} could not join: ${error}`);
      },
      { deadlineMs: MEDIA_MS },
    );
  }

  press(button: string): Promise<void> {
    return this.page.getByRole('button', { name: button, exact: true }).click();
  }

  async leave(): Promise<void> {
    await this.press('Leave');
    await this.call.inState('left');
  }

  /** Until the call is stable over that topology. Returns its epoch. */
  async untilStable(over: Topology): Promise<number> {
    await this.page.waitForSelector(`body[data-handover="stable"][data-topology="${over}"]`, {
      state: 'attached',
      timeout: MEDIA_MS,
    });
    return Number((await this.call.body())['epoch']);
  }

  async untilPreparing(): Promise<void> {
    await this.page.waitForSelector('body[data-handover="preparing"]', {
      state: 'attached',
      timeout: MEDIA_MS,
    });
  }

  /** Until one of the others is shown over that topology. */
  async untilPath(of: Person, over: Topology): Promise<void> {
    await until(
      `${this.name} to have ${of.name} over ${over}`,
      async () => (await this.call.paths())[of.name] === over,
      { deadlineMs: MEDIA_MS },
    );
  }

  /** Until the picture of one of the others, or of the screen they share, has about that colour; any but black unless given. */
  async untilPicture(of: Person, source: 'camera' | 'screen' = 'camera', wanted?: Colour): Promise<void> {
    let seen: Colour | null = null;
    await until(
      () =>
        `${this.name} to see ${wanted?.join(' ') ?? 'a'} ${source} of ${of.name}; there is ${seen?.join(' ')}`,
      async () => {
        seen = await this.page.evaluate(([name, what]) => window.watch.colourOf(name, what), [
          of.name,
          source,
        ] as const);
        if (seen === null) return false;
        const is = seen;
        return wanted === undefined
          ? (is[0] + is[1] + is[2]) / 3 >= BLACK
          : wanted.every((value, index) => Math.abs(value - (is[index] ?? 0)) <= COLOUR_TOLERANCE);
      },
      { deadlineMs: MEDIA_MS, everyMs: 50 },
    );
  }

  /** Until the camera of one of the others comes in that many lines. */
  async untilHeight(of: Person, lines: number): Promise<void> {
    await until(
      `${this.name} to get ${lines} lines of ${of.name}`,
      async () =>
        (await this.call.report()).find(({ displayName }) => displayName === of.name)?.frameHeight === lines,
      { deadlineMs: MEDIA_MS, everyMs: 50 },
    );
  }

  /** Until sound of one of the others comes in, and sounds once. */
  async untilHeard(of: Person): Promise<void> {
    const packets = await this.#packetsOf(of);
    await until(
      `${this.name} to hear ${of.name}, once`,
      async () =>
        (await this.#packetsOf(of)) > packets &&
        (await this.page.evaluate((name) => window.watch.audibleOf(name), of.name)) === 1,
      { deadlineMs: MEDIA_MS, everyMs: 50 },
    );
  }

  /** Until no more packets of somebody's sound come in: they would come every 20 ms. */
  async untilUnheard(of: Person): Promise<void> {
    let before = -1;
    await until(
      `no more sound of ${of.name} at ${this.name}`,
      async () => {
        const now = await this.#packetsOf(of);
        const same = now === before;
        before = now;
        return same;
      },
      { deadlineMs: MEDIA_MS, everyMs: 400 },
    );
  }

  /** Until the name plate of one of the others says that the microphone is off, or (`on`) says so no more. */
  async untilMicSign(of: Person, is: 'off' | 'on'): Promise<void> {
    await this.call
      .tile(of.name)
      .getByRole('img', { name: `${of.name}: microphone off` })
      .waitFor({ state: is === 'off' ? 'attached' : 'detached', timeout: MEDIA_MS });
  }

  /** Until the avatar of one of the others lies over the picture, or (`seen`) does so no more. */
  async untilCamera(of: Person, is: 'seen' | 'covered'): Promise<void> {
    const video = this.call.tile(of.name).locator('video');
    await until(
      `the picture of ${of.name} to be ${is} at ${this.name}`,
      async () =>
        (await video.evaluate((element) => getComputedStyle(element).opacity)) ===
        (is === 'seen' ? '1' : '0'),
      { deadlineMs: MEDIA_MS },
    );
  }

  /** The sources that one of the others is known to send here. */
  sourcesOf(of: Person): Promise<string[]> {
    return this.page.evaluate(
      (name) =>
        window.switchyard?.call.snapshot.participants
          .find(({ displayName }) => displayName === name)
          ?.sources.map(({ source }) => source) ?? [],
      of.name,
    );
  }

  /** How many tracks of a shared screen of one of the others are in its stream. */
  screenTracksOf(of: Person): Promise<number> {
    return this.page.evaluate(
      (name) =>
        window.switchyard?.call.snapshot.participants
          .find(({ displayName }) => displayName === name)
          ?.screenStream.getTracks().length ?? 0,
      of.name,
    );
  }

  async #packetsOf(of: Person): Promise<number> {
    const report = (await this.call.report()).find(({ displayName }) => displayName === of.name);
    return report?.audioPacketsReceived ?? 0;
  }
}

/** A server and a browser, and the people of one test. */
export class HandoverStage {
  readonly #people: Person[] = [];
  #server: RunningServer | undefined;
  #browser: Browser | undefined;

  /** Cameras of ten frames a second are enough to see who sees whom, and leave a busy machine time for the rest. */
  async open(): Promise<void> {
    [this.#server, this.#browser] = await Promise.all([
      startServer({ MESH_DWELL_MS: String(DWELL_MS) }),
      launchChromium(['--use-fake-device-for-media-stream=fps=10']),
    ]);
  }

  /** Everybody leaves. Returns what their pages threw and nobody caught. */
  async clear(): Promise<string[]> {
    const people = this.#people.splice(0);
    const errors = people.flatMap(({ call }) => call.errors);
    await Promise.all(people.map(({ call }) => call.close()));
    await this.untilCounts({ participants: 0, routers: 0, transports: 0 });
    return errors;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.close();
  }

  get counts(): ConferenceCounts {
    if (this.#server === undefined) throw new Error('expected a stage that was opened');
    return this.#server.conference.counts();
  }

  /** Opens the page of a room. `holding` is held back from the first message on. */
  async visit(
    room: string,
    name: string,
    { query = {}, holding = [] }: { query?: Record<string, string>; holding?: readonly string[] } = {},
  ): Promise<Person> {
    if (this.#server === undefined || this.#browser === undefined)
      throw new Error('expected a stage that was opened');
    const context = await newPerson(this.#browser);
    const wire = await HandoverWire.of(context);
    for (const prefix of holding) wire.hold(prefix);
    await context.addInitScript(installHandoverWatch);
    const address = callAddress({ server: this.#server.url, room, query: { name, ...query } });
    const person = new Person(await CallPage.open(context, address, name), wire);
    this.#people.push(person);
    return person;
  }

  async join(room: string, name: string): Promise<Person> {
    const person = await this.visit(room, name, { query: { autojoin: '1' } });
    await person.call.inState('joined');
    return person;
  }

  /** Two who see each other over the mesh. */
  async two(room: string): Promise<[Person, Person]> {
    const [ada, alan] = [await this.join(room, 'Ada'), await this.join(room, 'Alan')];
    await everyoneSees([ada, alan], 'mesh');
    return [ada, alan];
  }

  async untilCounts(wanted: Partial<ConferenceCounts>): Promise<void> {
    await until(
      () => `${JSON.stringify(wanted)}; there is ${JSON.stringify(this.counts)}`,
      () => JSON.stringify({ ...this.counts, ...wanted }) === JSON.stringify(this.counts),
      { deadlineMs: MEDIA_MS },
    );
  }
}

/** Everybody shows moving, bright pictures of everybody over that topology, and of nobody else. */
export async function everyoneSees(people: readonly Person[], over: Topology): Promise<void> {
  const others = (one: Person): Person[] => people.filter((other) => other !== one);
  try {
    await Promise.all(
      people.map((one) =>
        one.call.sees(
          others(one).map(({ call }) => call),
          over,
        ),
      ),
    );
  } catch (error) {
    const [first] = people;
    const handovers = await first?.page.evaluate(() => window.switchyard?.call.handovers());
    throw new Error(`not everybody sees everybody; the room's handovers: ${JSON.stringify(handovers)}`, {
      cause: error,
    });
  }
  await Promise.all(people.flatMap((one) => others(one).map((other) => one.untilPicture(other))));
}

export async function everyoneHears(people: readonly Person[]): Promise<void> {
  await Promise.all(
    people.flatMap((one) => people.filter((other) => other !== one).map((other) => one.untilHeard(other))),
  );
}

/** What a call of so many has in the SFU when each sends a microphone and a camera, and, in all, so many screens. */
export function sfuCounts(people: number, screens = 0): Partial<ConferenceCounts> {
  const producers = 2 * people + screens;
  return {
    participants: people,
    routers: 1,
    transports: 2 * people,
    producers,
    consumers: producers * (people - 1),
  };
}

/** What a call has in the SFU while it runs over its mesh. */
export const MESH_COUNTS: Partial<ConferenceCounts> = {
  routers: 0,
  transports: 0,
  producers: 0,
  consumers: 0,
};
