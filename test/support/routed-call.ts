import type { Browser } from 'playwright-core';
import type { Topology } from '#protocol';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from './call-page.ts';
import { launchChromium, newPerson } from './chromium.ts';
import { cutRoutes, type CutRoutes } from './page-routes.ts';
import { startServer } from './server.ts';
import { useSmallCamera } from './small-camera.ts';
import { until } from './until.ts';

/** A server, and people with the call page open whose routes can be cut. */
export class RoutedCall {
  readonly server: RunningServer;
  readonly #browser: Browser;
  readonly #open: CallPage[] = [];

  private constructor(server: RunningServer, browser: Browser) {
    this.server = server;
    this.#browser = browser;
  }

  static async start(env: Readonly<Record<string, string>>): Promise<RoutedCall> {
    const server = await startServer(env);
    return new RoutedCall(server, await launchChromium(['--use-fake-device-for-media-stream=fps=10']));
  }

  async join(
    room: string,
    name: string,
    { query = {}, cut = {} }: { query?: Record<string, string>; cut?: Partial<CutRoutes> } = {},
  ): Promise<CallPage> {
    const person = await newPerson(this.#browser);
    await person.addInitScript(useSmallCamera);
    await person.addInitScript(cutRoutes, { mesh: false, sfu: false, ...cut });
    const address = callAddress({
      server: this.server.url,
      room,
      query: { name, autojoin: '1', ...query },
    });
    const page = await CallPage.open(person, address, name);
    this.#open.push(page);
    await page.inState('joined');
    return page;
  }

  /** Closes their tabs. */
  async leave(...people: readonly CallPage[]): Promise<void> {
    for (const one of people) this.#open.splice(this.#open.indexOf(one), 1);
    await Promise.all(people.map((one) => one.close()));
  }

  /** Closes every tab, so that no test finds anybody of the one before. */
  async everybodyLeaves(): Promise<void> {
    await this.leave(...this.#open);
    await until('everybody to leave', () => this.server.conference.counts().participants === 0);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.server.close();
  }
}

/** How long a busy machine may take until everybody has come over, once they may: a mesh that was not in time is tried again after 30 s. */
const ARRIVAL_MS = 60_000;

/** Until each of them decodes and shows each of the others over that topology, and no handover is under way. */
export async function everyoneSees(people: readonly CallPage[], over: Topology): Promise<void> {
  await Promise.all(
    people.map(async (one) => {
      let seen = '';
      await until(
        () => `${one.name} to be over ${over}: ${seen}`,
        async () => {
          const { topology, handover } = await one.body();
          if (topology === over && handover === 'stable') return true;
          seen = await story(one);
          return false;
        },
        { deadlineMs: ARRIVAL_MS, everyMs: 100 },
      );
      await one.sees(
        people.filter((other) => other !== one),
        over,
      );
    }),
  );
}

/** What a call runs over, why, and how it came to that. */
function story(one: CallPage): Promise<string> {
  return one.page.evaluate(async () => {
    const call = window.switchyard?.call;
    const handovers = (await call?.handovers().catch(() => [])) ?? [];
    return [
      `${call?.snapshot.state}, ${call?.snapshot.topology} for ${call?.snapshot.topologyReason}`,
      ...handovers.map(({ epoch, to, reason, outcome, message }) =>
        [epoch, to, reason, outcome, message].join(' '),
      ),
    ].join('; ');
  });
}
