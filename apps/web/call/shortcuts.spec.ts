import { describe, expect, it } from '@jest/globals';
import { isTalkStroke, shortcutOf, SHORTCUT_KEYS, type Stroke } from './shortcuts.ts';

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  repeat: false,
  defaultPrevented: false,
  target: null,
  ...more,
});

/** An element of which only this is known: which of a selector's parts it, or what it is in, matches. */
const within = (tag: string): EventTarget =>
  Object.assign(new EventTarget(), {
    closest: (selector: string) => (selector.split(', ').includes(tag) ? {} : null),
  });

describe('shortcutOf', () => {
  it('knows every key, large and small', () => {
    for (const [key, shortcut] of SHORTCUT_KEYS) expect(shortcutOf(stroke(key))).toBe(shortcut);
    expect(shortcutOf(stroke('M'))).toBe('mic');
    expect(shortcutOf(stroke('x'))).toBeNull();
  });

  it('tells a key by its place where the keyboard writes another script', () => {
    expect(shortcutOf(stroke('ㅡ', { code: 'KeyM' }))).toBe('mic');
    // On a Dvorak keyboard the letter counts, not its place.
    expect(shortcutOf(stroke('g', { code: 'KeyU' }))).toBe('view');
  });

  it.each(['input', 'textarea', 'select', '[contenteditable]:not([contenteditable="false"])', 'dialog'])(
    'never fires in %s',
    (tag) => {
      for (const [key] of SHORTCUT_KEYS) expect(shortcutOf(stroke(key, { target: within(tag) }))).toBeNull();
    },
  );

  it('leaves to the browser and to other cards what is theirs', () => {
    expect(shortcutOf(stroke('f', { ctrlKey: true }))).toBeNull();
    expect(shortcutOf(stroke('f', { metaKey: true }))).toBeNull();
    expect(shortcutOf(stroke('m', { isComposing: true }))).toBeNull();
    expect(shortcutOf(stroke('Escape', { defaultPrevented: true }))).toBeNull();
  });

  it('fires once for a key that is held', () => {
    expect(shortcutOf(stroke('m', { repeat: true }))).toBeNull();
  });

  it('fires while a button has the focus', () => {
    expect(shortcutOf(stroke('m', { target: within('button') }))).toBe('mic');
  });
});

describe('isTalkStroke', () => {
  it('is the space bar, unless it presses a button or types a space', () => {
    expect(isTalkStroke(stroke(' '))).toBe(true);
    expect(isTalkStroke(stroke(' ', { repeat: true }))).toBe(true);
    expect(isTalkStroke(stroke(' ', { target: within('button') }))).toBe(false);
    expect(isTalkStroke(stroke(' ', { target: within('textarea') }))).toBe(false);
    expect(isTalkStroke(stroke('m'))).toBe(false);
  });
});
