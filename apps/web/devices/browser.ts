/** Browsers that have the settings of a page in different places. `ios`: all browsers of iPhones and iPads. */
export type Browser = 'chrome' | 'firefox' | 'safari' | 'ios' | 'other';

/** Which one it is, for instructions to people alone: what a browser can do is asked of the browser. */
export function browserOf({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): Browser {
  // An iPad says that it is a Mac. No Mac has a touch screen.
  const isIpad = userAgent.includes('Macintosh') && maxTouchPoints > 1;
  if (isIpad || /iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (userAgent.includes('Firefox/')) return 'firefox';
  // Edge, Opera, Samsung Internet and others are made of it, and look the same here.
  if (userAgent.includes('Chrome/')) return 'chrome';
  return userAgent.includes('Safari/') ? 'safari' : 'other';
}
