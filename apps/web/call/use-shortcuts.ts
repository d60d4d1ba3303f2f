import { useLayoutEffect, useRef } from 'react';
import { shortcutOf, type Shortcut } from './shortcuts.ts';

/** Does what the keys say, as long as the page is there. What cannot be done is left out. */
export function useShortcuts(handlers: Readonly<Partial<Record<Shortcut, () => void>>>): void {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  // With what is painted: a key that is pressed at the first sight of the page counts.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const shortcut = shortcutOf(event);
      const handler = shortcut === null ? undefined : latest.current[shortcut];
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
