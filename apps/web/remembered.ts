/** What this browser remembers for its person. Where storage is forbidden, nothing is. */
type Remembered =
  | 'display-name'
  | 'language'
  | 'mic'
  | 'camera'
  | 'mic-device'
  | 'camera-device'
  | 'speaker'
  | 'view';

const key = (what: Remembered): string => `switchyard.${what}`;

export function recall(what: Remembered): string | null {
  try {
    return window.localStorage.getItem(key(what));
  } catch {
    return null;
  }
}

export function remember(what: Remembered, value: string): void {
  try {
    window.localStorage.setItem(key(what), value);
  } catch {
    // A private window forgets: that is what it is for.
  }
}
