import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import './tile.css';

export interface Pin {
  readonly isPinned: boolean;
  readonly toggle: () => void;
}

export interface TileProps {
  /** Whom or what it shows. */
  readonly label: string;
  readonly pin: Pin;
  /** `tile`: one of the others; `screen-tile`: what one of the others shares. */
  readonly testId?: 'tile' | 'screen-tile';
  /** Part of the stable outside: tests and embedders read them. */
  readonly data?: Readonly<Record<`data-${string}`, string | undefined>>;
  readonly children: ReactNode;
}

/** A picture, and over all of it the button that makes it large. */
export function Tile({ label, pin, testId, data, children }: TileProps): ReactNode {
  const texts = useTexts();
  return (
    <article className="tile" data-testid={testId} {...data} aria-label={label}>
      {children}
      <button
        type="button"
        className="tile-pin"
        aria-label={texts.showLarge(label)}
        title={pin.isPinned ? texts.showAllAgain : texts.showLarge(label)}
        aria-pressed={pin.isPinned}
        onClick={pin.toggle}
      />
    </article>
  );
}
