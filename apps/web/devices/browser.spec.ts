import { describe, expect, it } from '@jest/globals';
import { browserOf } from './browser.ts';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0';

describe('browserOf', () => {
  it.each([
    ['chrome', 'Chrome', `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} Safari/537.36`],
    ['chrome', 'Chrome on Android', `Mozilla/5.0 (Linux; Android 10; K) ${BLINK} Mobile Safari/537.36`],
    ['chrome', 'Edge', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Safari/537.36 Edg/150.0.0.0`],
    ['firefox', 'Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
    ['safari', 'Safari', `${MAC} ${WEBKIT} Version/26.0 Safari/605.1.15`],
    ['other', 'something else', 'NetSurf/3.11'],
  ])('is %s for %s', (browser, _name, userAgent) => {
    expect(browserOf({ userAgent, maxTouchPoints: 0 })).toBe(browser);
  });

  it.each([
    ['Safari', `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} Version/26.0 Safari/604.1`],
    ['Chrome', `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} CriOS/150.0 Safari/604.1`],
    ['Safari of an iPad', `${MAC} ${WEBKIT} Version/26.0 Safari/605.1.15`],
  ])('is ios for %s on Apple’s telephones and tablets', (_name, userAgent) => {
    expect(browserOf({ userAgent, maxTouchPoints: 5 })).toBe('ios');
  });
});
