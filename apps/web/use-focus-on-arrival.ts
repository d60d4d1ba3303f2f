import { useEffect, useRef, type RefObject } from 'react';

/** Puts the focus where a new page begins: what had it is gone, and the keyboard would start from the top of nowhere. */
export function useFocusOnArrival<Kind extends HTMLElement>(): RefObject<Kind | null> {
  const element = useRef<Kind>(null);
  useEffect(() => element.current?.focus({ preventScroll: true }), []);
  return element;
}
