import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { SwitchRule } from '#client';
import type { Topology } from '#protocol';
import type { RunningServer } from '#server';
import { launchChromium, newPerson } from '../../support/chromium.ts';
import { startServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { servePages, type Pages } from '../support/pages.ts';
import type { HandoverPage, Seen } from './pages/handover.ts';

type BenchWindow = Window & { readonly handover: HandoverPage };

const SETTLE_DEADLINE_MS = 30_000;

/** One person's page, in a browser profile of their own. */
export class Person {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  join(): Promise<void> {
    return this.#page.evaluate(() => (window as BenchWindow).handover.join());
  }

  async leave(): Promise<void> {
    await this.#page.evaluate(() => (window as BenchWindow).handover.leave());
    await this.#page.context().close();
  }

  seen(): Promise<Seen> {
    return this.#page.evaluate(() => (window as BenchWindow).handover.seen());
  }

  /** As long as it is true, no new path is ever proven here: as if its decoder did not start. */
  proveNothing(wanted: boolean): Promise<void> {
    return this.#page.evaluate((given) => (window as BenchWindow).handover.proveNothing(given), wanted);
  }

  async id(): Promise<string> {
    return (await this.#state()).id ?? '';
  }

  /** Between handovers, on that topology. */
  on(topology: Topology): Promise<void> {
    return this.#until(
      `the call to rest on ${topology}`,
      async () => (await this.#state()).settled === topology,
    );
  }

  /** Once more than `count` handovers have ended, whatever came of them. */
  handoverAfter(count: number): Promise<void> {
    return this.#until('the handover to end', async () => (await this.#state()).handovers > count);
  }

  #state(): Promise<ReturnType<HandoverPage['state']>> {
    return this.#page.evaluate(() => (window as BenchWindow).handover.state());
  }

  async #until(what: string, condition: () => Promise<boolean>): Promise<void> {
    await until(what, condition, { deadlineMs: SETTLE_DEADLINE_MS, everyMs: 50 });
  }
}

/** A server, a browser and the page that measures. */
export class Stage {
  readonly server: RunningServer;
  readonly #browser: Browser;
  readonly #pages: Pages;

  private constructor(server: RunningServer, browser: Browser, pages: Pages) {
    this.server = server;
    this.#browser = browser;
    this.#pages = pages;
  }

  static async open(meshDwellMs: number): Promise<Stage> {
    const pages = await servePages([join(import.meta.dirname, 'pages', 'handover.ts')]);
    const server = await startServer({ MESH_DWELL_MS: String(meshDwellMs) });
    return new Stage(server, await launchChromium(), pages);
  }

  /** Somebody in the preview: camera and microphone are on. */
  async preview(room: string, name: string, switchRule: SwitchRule): Promise<Person> {
    const page = await (await newPerson(this.#browser)).newPage();
    await page.goto(this.#pages.url('handover'));
    await page.waitForFunction(() => 'handover' in window);
    const options = { server: this.server.url, room, name, switchRule };
    await page.evaluate((given) => (window as BenchWindow).handover.preview(given), options);
    return new Person(page);
  }

  /** Two who are in a call, over mesh. */
  async pair(room: string, switchRule: SwitchRule): Promise<readonly [Person, Person]> {
    const ada = await this.preview(room, 'Ada', switchRule);
    const alan = await this.preview(room, 'Alan', switchRule);
    await ada.join();
    await alan.join();
    await alan.on('mesh');
    return [ada, alan];
  }

  async close(): Promise<void> {
    await Promise.all([this.#browser.close(), this.server.close(), this.#pages.close()]);
  }
}
