import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Call } from '#client';
import type { Topology } from '#protocol';
import { newPerson } from './chromium.ts';
import { until } from './until.ts';

/** How long a busy machine may take until everybody sees everybody. */
const MEDIA_DEADLINE_MS = 20_000;

/** Where a room is opened, and how. */
export interface CallAddress {
  readonly server: string;
  readonly room: string;
  readonly query?: Readonly<Record<string, string>>;
}

export function callAddress({ server, room, query = {} }: CallAddress): string {
  return `${server}/${encodeURIComponent(room)}?${new URLSearchParams(query)}`;
}

export interface CallPageOptions {
  readonly server: string;
  readonly room: string;
  readonly name: string;
  /** More of the call page's query, for example `{ topology: 'sfu' }`. */
  readonly query?: Readonly<Record<string, string>>;
  readonly locale?: string;
}

/** One person with the call page open in a browser of their own, seen through what the page promises to automation. */
export class CallPage {
  readonly page: Page;
  readonly name: string;
  /** What the page threw and nobody caught. */
  readonly errors: string[] = [];
  readonly #person: BrowserContext;

  private constructor(person: BrowserContext, page: Page, name: string) {
    this.#person = person;
    this.page = page;
    this.name = name;
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  /** Opens an address as it stands, in the profile of a person whom the others know by that name. */
  static async open(person: BrowserContext, address: string, name: string): Promise<CallPage> {
    const callPage = new CallPage(person, await person.newPage(), name);
    await callPage.page.goto(address);
    return callPage;
  }

  /** Opens the room's page and joins without a click. */
  static async join(
    browser: Browser,
    { server, room, name, query, locale }: CallPageOptions,
  ): Promise<CallPage> {
    const person = await newPerson(browser, locale);
    const address = callAddress({ server, room, query: { name, autojoin: '1', ...query } });
    const callPage = await CallPage.open(person, address, name);
    await callPage.inState('joined');
    return callPage;
  }

  /** What `<body>` says of the call: `callState`, `topology`, `epoch`, `handover`. */
  body(): Promise<Record<string, string | undefined>> {
    return this.page.evaluate(() => Object.fromEntries(Object.entries(document.body.dataset)));
  }

  async inState(state: string): Promise<void> {
    await this.page.waitForSelector(`body[data-call-state="${state}"]`, { timeout: MEDIA_DEADLINE_MS });
  }

  /** The tile of one of the others. */
  tile(of: string): Locator {
    return this.page.locator(`[data-testid="tile"][data-participant-name=${JSON.stringify(of)}]`);
  }

  /** Over which path each of the others is shown, by name. */
  paths(): Promise<Record<string, string | undefined>> {
    return this.page.evaluate(() => {
      const tiles = document.querySelectorAll<HTMLElement>('[data-testid="tile"]:not([data-local])');
      return Object.fromEntries(
        [...tiles].map(({ dataset }) => [dataset.participantName ?? '', dataset.path]),
      );
    });
  }

  report(): Promise<Awaited<ReturnType<Call['report']>>> {
    return this.page.evaluate(() => window.switchyard?.call.report() ?? []);
  }

  /** Until frames of each of these people are decoded anew and presented in a visible video, over that topology, and nobody else is shown. */
  async sees(others: readonly CallPage[], over: Topology): Promise<void> {
    const wanted = others.map(({ name }) => name).toSorted();
    let before = new Map<string, number>();
    await until(
      `${this.name} decodes ${wanted.join(' and ')} over ${over}`,
      async () => {
        const report = await this.report();
        const shown = await this.paths();
        const now = new Map(report.map(({ displayName, framesDecoded }) => [displayName, framesDecoded]));
        const names = Object.keys(shown).toSorted();
        const complete = names.join() === wanted.join() && names.every((name) => shown[name] === over);
        const growing = wanted.every((name) => {
          const earlier = before.get(name);
          return earlier !== undefined && (now.get(name) ?? 0) > earlier;
        });
        before = complete ? now : new Map<string, number>();
        return complete && growing && (await this.#videosPlay());
      },
      { deadlineMs: MEDIA_DEADLINE_MS, everyMs: 50 },
    );
  }

  /** Closes the tab, as people do. */
  async close(): Promise<void> {
    await this.#person.close();
  }

  /** Each of the others' videos is visible, has a picture and runs. */
  #videosPlay(): Promise<boolean> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLVideoElement>('[data-testid="tile"]:not([data-local]) video')].every(
        (video) =>
          video.checkVisibility() &&
          !video.paused &&
          video.videoWidth > 0 &&
          video.getClientRects().length > 0,
      ),
    );
  }
}
