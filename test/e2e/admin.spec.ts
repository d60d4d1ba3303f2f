import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from 'bcryptjs';
import type { Browser, Locator, Page } from 'playwright-core';
import type { RunningServer } from '#server';
import { launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/server.ts';
import { Session } from '../support/session.ts';

const TEST_MS = 60_000;
const PASSWORD = 'correct horse';
/** From the answer to a join until an operator sees it. */
const SEEN_WITHIN_MS = 2000;
const ROOM = 'room:Standup';

/** A browser that can reach this machine and nothing else. */
const CUT_OFF = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'];

let browser: Browser;
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  browser = await launchChromium(CUT_OFF);
}, TEST_MS);
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
}, TEST_MS);
afterAll(() => browser?.close());

/** The page of an operator, and where it wanted to go beyond its own server. */
async function openAdmin(server: RunningServer): Promise<{ page: Page; strayed: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 } });
  open.push(context);
  const page = await context.newPage();
  const strayed: string[] = [];
  const { host } = new URL(server.url);
  const watch = (url: string): void => {
    if (new URL(url).host !== host && !url.startsWith('data:')) strayed.push(url);
  };
  page.on('request', (request) => watch(request.url()));
  page.on('requestfailed', (request) => strayed.push(`${request.url()} failed`));
  page.on('response', (response) => {
    if (response.status() >= 400) strayed.push(`${response.url()} ${response.status()}`);
  });
  page.on('websocket', (socket) => watch(socket.url()));
  // A stylesheet, a font or a script that the page's policy refuses is told here.
  page.on('console', (message) => {
    if (message.type() === 'error') strayed.push(message.text());
  });
  page.on('pageerror', (error) => strayed.push(error.message));
  await page.goto(`${server.url}/admin`);
  return { page, strayed };
}

async function start(env: Record<string, string>): Promise<RunningServer> {
  const server = await startServer(env);
  open.push(server);
  return server;
}

async function connect(server: RunningServer): Promise<Session> {
  const session = await Session.connect(server.url);
  open.push(session);
  return session;
}

const item = (page: Page, title: string): Locator =>
  page.getByRole('navigation').getByText(title, { exact: true });
/** A line of a table of sockets. */
const line = (page: Page, session: Session): Locator =>
  page.getByRole('row', { name: new RegExp(`^${session.socket.id}`) });
const shown = (locator: Locator, timeout = 10_000): Promise<void> => locator.first().waitFor({ timeout });

/** The icons in sight that are not drawn from the icon font. */
function blankIcons(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    const loaded = new Set(
      [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family),
    );
    const icons = [...document.querySelectorAll('.mdi')].filter((icon) => icon.checkVisibility());
    if (icons.length === 0) return ['no icon at all'];
    return icons
      .filter((icon) => {
        const { fontFamily, content } = getComputedStyle(icon, '::before');
        const family = fontFamily.replaceAll(/["']/g, '');
        const drawn = /^".+"$/.test(content) && [...loaded].some((name) => name.includes(family));
        return !drawn;
      })
      .map((icon) => icon.className);
  });
}

const usesRoboto = (page: Page): Promise<boolean> =>
  page.evaluate(
    () =>
      getComputedStyle(document.querySelector('.v-application') ?? document.body).fontFamily.startsWith(
        'Roboto',
      ) && [...document.fonts].some((font) => font.family.includes('Roboto') && font.status === 'loaded'),
  );

describe('the Admin UI in a browser without the internet', () => {
  it(
    'logs in, shows a running call as it forms, and throws somebody out',
    async () => {
      const server = await start({ ADMIN_USERNAME: 'ada', ADMIN_PASSWORD_HASH: await hash(PASSWORD, 4) });
      const { page, strayed } = await openAdmin(server);

      expect(await page.getByLabel('Server URL').inputValue()).toBe(server.url);
      await page.getByLabel('Username').fill('ada');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Connect' }).click();
      await item(page, 'Sockets').click();
      await shown(page.getByText('/v1'));

      const grace = await connect(server);
      await line(page, grace).click();
      await shown(page.getByText('"displayName": null'));
      await grace.join('Standup', 'Grace Hopper');
      const joined = performance.now();
      for (const text of [
        '"displayName": "Grace Hopper"',
        '"topology": "mesh"',
        '"epoch": 1',
        '"role": "host"',
      ]) {
        await shown(page.getByText(text), SEEN_WITHIN_MS);
      }
      await shown(page.getByRole('cell', { name: ROOM }), SEEN_WITHIN_MS);
      expect(performance.now() - joined).toBeLessThan(SEEN_WITHIN_MS);

      await item(page, 'Rooms').click();
      await page.getByRole('cell', { name: ROOM }).click();
      const alan = await connect(server);
      await alan.join('Standup', 'Alan Turing');
      const row = line(page, alan);
      await shown(row, SEEN_WITHIN_MS);
      await row.click();
      for (const text of ['"displayName": "Alan Turing"', '"topology": "mesh"', '"role": "guest"', ROOM]) {
        await shown(page.getByText(text));
      }
      expect(await blankIcons(page)).toEqual([]);
      expect(await usesRoboto(page)).toBe(true);
      expect(await page.getByText('Join a room').isVisible()).toBe(false);
      await page.screenshot({ path: 'artifacts/admin.png' });

      await item(page, 'Sockets').click();
      await shown(row);
      expect(await blankIcons(page)).toEqual([]);
      await row.getByRole('button').click();
      const left = await grace.next('participant:left');
      expect(left).toMatchObject({ participantId: alan.id, reason: 'removed-by-operator' });
      expect(grace.socket.connected).toBe(true);
      // A press on the button is one on the line, too: the UI has gone on to the session's own page.
      await item(page, 'Sockets').click();
      await shown(line(page, grace));
      await row.waitFor({ state: 'detached', timeout: SEEN_WITHIN_MS });

      await page.reload();
      await shown(line(page, grace));
      expect(strayed).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'needs no login on the machine itself, and has nothing to press there',
    async () => {
      const server = await start({});
      const grace = await connect(server);
      await grace.join('Standup', 'Grace Hopper');
      const { page, strayed } = await openAdmin(server);
      await item(page, 'Rooms').click();
      await page.getByRole('cell', { name: ROOM }).click();
      const row = line(page, grace);
      await shown(row);
      expect(await row.getByRole('button').count()).toBe(0);
      await row.click();
      await shown(page.getByText('"displayName": "Grace Hopper"'));
      expect(strayed).toEqual([]);
    },
    TEST_MS,
  );
});
