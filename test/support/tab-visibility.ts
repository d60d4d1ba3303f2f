import type { Page } from 'playwright-core';

/**
 * Puts a tab behind another one, or in front again, as far as its page can tell: a headless Chromium shows every tab, whichever is in
 * front, and windows that are minimized.
 */
export async function setTabVisible(page: Page, visible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    visible ? 'visible' : 'hidden',
  );
}
