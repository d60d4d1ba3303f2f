import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { servePages } from '../bench/support/pages.ts';
import { callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { PEOPLE, type MadeUpPerson } from './people.ts';

// npm run pictures -- [--out DIR] [--only SCENE,…]: the pages of the product as people see them, with made-up people on camera: as wide as
// a phone, a tablet and a desktop, in light and dark, in English and Korean.

const { values } = parseArgs({ options: { out: { type: 'string' }, only: { type: 'string' } } });
const out = values.out ?? 'artifacts/pictures';
const only = values.only?.split(',');

const ROOM = 'harbour-street';

interface Variant {
  readonly suffix: string;
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  readonly locale?: string;
}

const VARIANTS: readonly Variant[] = [
  { suffix: '360', width: 360, height: 740 },
  { suffix: '768', width: 768, height: 1024 },
  { suffix: '1440', width: 1440, height: 900 },
  { suffix: '1440-dark', width: 1440, height: 900, dark: true },
  { suffix: '360-dark-ko', width: 360, height: 740, dark: true, locale: 'ko-KR' },
];

interface Scene {
  readonly name: string;
  /** How many others are in the room. */
  readonly others: number;
  /** What they do once they are there. */
  readonly crowd?: (crowd: Page) => Promise<void>;
  /** Where the one who looks is: in the call, unless it says something else. */
  readonly at?: 'landing' | 'preview';
  /** What the one who looks does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

const talk = async (crowd: Page): Promise<void> => {
  await crowd.evaluate(() => window.crowd.say(0, 'Shall we begin with the figures of the opening week?'));
  await crowd.evaluate(() => window.crowd.say(1, '네, 화면을 공유할게요.'));
  await crowd.evaluate(() => window.crowd.say(0, 'The whole list is at https://example.org/opening-week'));
};

const SCENES: readonly Scene[] = [
  { name: 'landing', others: 3, at: 'landing' },
  { name: 'preview', others: 2, at: 'preview' },
  { name: 'call-1', others: 0 },
  { name: 'call-2', others: 1 },
  { name: 'call-3', others: 2 },
  { name: 'chat', others: 2, crowd: talk, act: (page) => page.keyboard.press('c') },
  {
    name: 'details',
    others: 2,
    act: (page) => page.locator('button.topology').click(),
  },
  {
    name: 'screen',
    others: 2,
    crowd: (crowd) => crowd.evaluate(() => window.crowd.share(0)),
  },
  { name: 'call-9', others: 8 },
  { name: 'speaker-view', others: 8, act: (page) => page.keyboard.press('g') },
  {
    name: 'people',
    others: 8,
    crowd: async (crowd) => {
      await crowd.evaluate(() => window.crowd.raiseHand(3));
      await crowd.evaluate(() => window.crowd.raiseHand(1));
      await crowd.evaluate(() => window.crowd.setMuted(2));
    },
    act: (page) =>
      page
        .getByRole('button', { name: /People|참가자/ })
        .first()
        .click(),
  },
  { name: 'call-25', others: 24 },
];

/** Until that many videos that are in view run, and nothing moves any more. */
async function untilSeen(page: Page, name: string): Promise<void> {
  await until(
    `everybody in ${name} to be seen`,
    () =>
      page.evaluate(() => {
        const inView = [...document.querySelectorAll('video')].filter((video) => {
          const { top, bottom, width } = video.getBoundingClientRect();
          return width > 0 && top < innerHeight && bottom > 0 && video.checkVisibility();
        });
        return inView.length > 0 && inView.every(({ videoWidth, paused }) => videoWidth > 0 && !paused);
      }),
    { deadlineMs: 60_000, everyMs: 200 },
  );
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
}

class Studio {
  readonly #browser: Browser;
  readonly #server: string;
  /** Gives a page a camera that sees made-up people. */
  readonly #camera: string;
  readonly #crowdUrl: string;

  constructor(browser: Browser, server: string, camera: string, crowdUrl: string) {
    this.#browser = browser;
    this.#server = server;
    this.#camera = camera;
    this.#crowdUrl = crowdUrl;
  }

  async takeAll(scene: Scene): Promise<void> {
    const { others, crowd } = scene;
    const page = await (await newPerson(this.#browser)).newPage();
    await page.addInitScript({ content: this.#camera });
    await page.goto(this.#crowdUrl);
    await page.waitForFunction(() => 'crowd' in window);
    const people = PEOPLE.slice(1, 1 + others);
    await page.evaluate(([where, room, who, lines]) => window.crowd.enter(where, room, who, lines), [
      this.#server,
      ROOM,
      people,
      people.length > 2 ? 180 : 360,
    ] as const);
    await crowd?.(page);
    for (const variant of VARIANTS) await this.#take(scene, variant);
    await page.evaluate(() => window.crowd.leave());
    await page.context().close();
  }

  async #take({ name, at, act }: Scene, variant: Variant): Promise<void> {
    const { suffix, width, height, dark = false, locale } = variant;
    const person = await newPerson(this.#browser, locale);
    const page = await person.newPage();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    const [viewer] = PEOPLE as readonly [MadeUpPerson];
    await page.addInitScript((look) => {
      window.ownLook = look;
    }, viewer.look);
    await page.addInitScript({ content: this.#camera });
    const query = at === undefined ? { name: viewer.name, autojoin: '1', topology: 'sfu' } : undefined;
    await page.goto(
      at === 'landing' ? this.#server : callAddress({ server: this.#server, room: ROOM, query }),
    );
    if (at === undefined) await page.waitForSelector('body[data-call-state="joined"]');
    if (at === 'landing') await page.getByRole('listitem').first().waitFor();
    else await untilSeen(page, `${name}-${suffix}`);
    await act?.(page);
    if (at !== 'landing') await untilSeen(page, `${name}-${suffix}`);
    const path = join(out, `${name}-${suffix}.png`);
    await page.screenshot({ path });
    process.stdout.write(`${path}\n`);
    await person.close();
  }
}

const names = SCENES.map(({ name }) => name);
const unknown = only?.find((name) => !names.includes(name));
if (unknown !== undefined) throw new Error(`--only: expected some of ${names.join(', ')}, got "${unknown}"`);

await mkdir(out, { recursive: true });
const pages = await servePages(
  ['camera.ts', 'crowd.ts'].map((name) => join(import.meta.dirname, 'pages', name)),
);
const server = await startServer();
const browser = await launchChromium();
try {
  const camera = await (await fetch(`${pages.url('camera')}.js`)).text();
  const studio = new Studio(browser, server.url, camera, pages.url('crowd'));
  for (const scene of SCENES.filter(({ name }) => only?.includes(name) ?? true)) await studio.takeAll(scene);
} finally {
  await Promise.all([browser.close(), server.close(), pages.close()]);
}
