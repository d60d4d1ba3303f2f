import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { RunningServer } from '#server';
import { launchChromium, newPerson } from '../../support/chromium.ts';
import { startServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { servePages, type Pages } from '../support/pages.ts';
import type { LayersPage, ReceivedBytes, SentLayer } from './pages/layers.ts';

type BenchWindow = Window & { readonly layers: LayersPage };

/** As much as two cores can encode twelve times, and as little as Chromium still sends in two layers. */
export const CAMERA = { width: 480, height: 270, frameRate: 10 } as const;
export const SENDERS = 12;

const ROOM = 'layers';

/** One of them speaks. */
type Sends = 'nothing' | 'camera' | 'camera and mic';

/** One page in the room. */
export class Guest {
  readonly page: Page;
  readonly id: string;

  constructor(page: Page, id: string) {
    this.page = page;
    this.id = id;
  }

  show(count: number, width: number, height: number, first?: string): Promise<void> {
    return this.page.evaluate(([n, w, h, id]) => (window as BenchWindow).layers.show(n, w, h, id), [
      count,
      width,
      height,
      first,
    ] as const);
  }

  received(): Promise<ReceivedBytes> {
    return this.page.evaluate(() => (window as BenchWindow).layers.received());
  }

  sent(): Promise<SentLayer[]> {
    return this.page.evaluate(() => (window as BenchWindow).layers.sent());
  }

  heightOf(id: string): Promise<number> {
    return this.page.evaluate((given) => (window as BenchWindow).layers.heightOf(given), id);
  }

  moving(): Promise<number> {
    return this.page.evaluate(() => (window as BenchWindow).layers.moving());
  }

  async leave(): Promise<void> {
    await this.page.evaluate(() => (window as BenchWindow).layers.leave());
    await this.page.context().close();
  }
}

/** A server, and twelve who send and look at nobody. */
export class RoomOfSenders {
  readonly senders: readonly Guest[];
  readonly #server: RunningServer;
  readonly #browser: Browser;
  readonly #pages: Pages;

  private constructor(server: RunningServer, browser: Browser, pages: Pages, senders: readonly Guest[]) {
    this.#server = server;
    this.#browser = browser;
    this.#pages = pages;
    this.senders = senders;
  }

  static async open(count = SENDERS): Promise<RoomOfSenders> {
    const pages = await servePages([join(import.meta.dirname, 'pages', 'layers.ts')]);
    const server = await startServer();
    const browser = await launchChromium();
    const senders: Guest[] = [];
    const room = new RoomOfSenders(server, browser, pages, senders);
    for (let index = 1; index <= count; index += 1)
      senders.push(await room.#enter(`Sender ${index}`, index === 1 ? 'camera and mic' : 'camera', true));
    return room;
  }

  /** Somebody who only looks. Resolves once all twelve move on their screen. */
  async viewer(adaptiveStream: boolean): Promise<Guest> {
    const viewer = await this.#enter('Viewer', 'nothing', adaptiveStream);
    await viewer.show(SENDERS, 240, 135);
    await until('everybody to move', async () => (await viewer.moving()) === this.senders.length, {
      deadlineMs: 30_000,
      everyMs: 500,
    });
    return viewer;
  }

  async close(): Promise<void> {
    await Promise.all([this.#browser.close(), this.#server.close(), this.#pages.close()]);
  }

  async #enter(name: string, sends: Sends, adaptiveStream: boolean): Promise<Guest> {
    const person = await newPerson(this.#browser);
    const page = await person.newPage();
    await page.setViewportSize({ width: 960, height: 540 });
    await page.goto(this.#pages.url('layers'));
    await page.waitForFunction(() => 'layers' in window);
    const camera = sends === 'nothing' ? null : CAMERA;
    const mic = sends === 'camera and mic';
    const options = { server: this.#server.url, room: ROOM, name, camera, mic, adaptiveStream };
    const id = await page.evaluate((given) => (window as BenchWindow).layers.join(given), options);
    return new Guest(page, id);
  }
}
