/** What a key does in a call. */
export type Shortcut =
  | 'mic'
  | 'camera'
  | 'screen'
  | 'hand'
  | 'chat'
  | 'view'
  | 'fullScreen'
  | 'pictureInPicture'
  | 'previousPage'
  | 'nextPage'
  | 'unpin'
  | 'help';

/** In the order in which they are listed. */
export const SHORTCUT_KEYS: readonly (readonly [key: string, shortcut: Shortcut])[] = [
  ['m', 'mic'],
  ['v', 'camera'],
  ['s', 'screen'],
  ['h', 'hand'],
  ['c', 'chat'],
  ['g', 'view'],
  ['f', 'fullScreen'],
  ['p', 'pictureInPicture'],
  ['PageUp', 'previousPage'],
  ['PageDown', 'nextPage'],
  ['Escape', 'unpin'],
  ['?', 'help'],
];

/** Held down, it lets whoever is muted speak. */
export const TALK_KEY = ' ';

export type Stroke = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing' | 'repeat' | 'defaultPrevented' | 'target'
>;

/** The shortcut that was pressed; null while somebody types, and for keys that belong to the browser. */
export function shortcutOf(stroke: Stroke): Shortcut | null {
  if (!isForThePage(stroke) || stroke.repeat) return null;
  const key = latinKey(stroke);
  return SHORTCUT_KEYS.find(([one]) => one === key)?.[1] ?? null;
}

/** Whether the key to talk was pressed, and not to press something else on the page with it. */
export function isTalkStroke(stroke: Stroke): boolean {
  return stroke.key === TALK_KEY && isForThePage(stroke) && !isWithin(stroke.target, PRESSABLE);
}

const TYPED_INTO = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const PRESSABLE = 'button, a[href], summary, [role="button"], [role="option"], [role="menuitem"]';

function isForThePage(stroke: Stroke): boolean {
  const { ctrlKey, altKey, metaKey, isComposing, defaultPrevented, target } = stroke;
  return (
    !(ctrlKey || altKey || metaKey || isComposing || defaultPrevented) &&
    // A dialog that covers the page has its own keys.
    !isWithin(target, `${TYPED_INTO}, dialog`)
  );
}

function isWithin(target: EventTarget | null, selector: string): boolean {
  return target !== null && isElement(target) && target.closest(selector) !== null;
}

const isElement = (target: EventTarget): target is Element => 'closest' in target;

/** On a keyboard of another script the key is told by its place: `m` in Korean is `ㅡ`. */
function latinKey({ key, code }: Stroke): string {
  if (key.length > 1) return key;
  if (/^[\u0020-\u007e]$/.test(key)) return key.toLowerCase();
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}
