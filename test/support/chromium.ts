import { chromium, type Browser, type BrowserContext } from 'playwright-core';

/** A fake camera and microphone, media over loopback, sound without a click, and nothing that asks the internet. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // A tab that is not in front must not be slowed down: every tab here is somebody's only one.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Whoever launches it closes it. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_BIN;
  if (executablePath === undefined || executablePath === '') {
    throw new Error(
      'CHROMIUM_BIN is not set: run this by its npm script (npm run test:e2e), which provides Chromium, or set it to the path of one',
    );
  }
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags], headless: true });
}

/** One person's browser profile, with camera and microphone allowed. */
export function newPerson(browser: Browser, locale = 'en-US'): Promise<BrowserContext> {
  return browser.newContext({
    locale,
    permissions: ['camera', 'microphone'],
    viewport: { width: 1024, height: 640 },
  });
}
