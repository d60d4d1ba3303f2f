import { useEffect, useRef, type RefObject } from 'react';

export interface Popover {
  /** Contains the card and the button that opens it. */
  readonly element: RefObject<HTMLDivElement | null>;
  readonly button: RefObject<HTMLButtonElement | null>;
}

/** Closes a card by a click elsewhere, and by Escape, which puts the focus back on the button. */
export function usePopover(isOpen: boolean, close: () => void): Popover {
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const closeOutside = ({ target }: PointerEvent): void => {
      if (target instanceof Node && element.current?.contains(target) === false) close();
    };
    const closeByKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // Nothing else is left by the same key.
      event.preventDefault();
      close();
      button.current?.focus();
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('keydown', closeByKey, true);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('keydown', closeByKey, true);
    };
  }, [isOpen, close]);
  return { element, button };
}
