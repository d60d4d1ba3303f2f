import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { LinkIcon } from '../icons/icons.tsx';
import { LinkField } from './link-field.tsx';

/** Copies the link and shows it. */
export function ShareButton({ link }: { readonly link: string }): ReactNode {
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return undefined;
    const closeOutside = ({ target }: PointerEvent): void => {
      if (target instanceof Node && element.current?.contains(target) === false) setOpen(false);
    };
    const closeByKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('keydown', closeByKey);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('keydown', closeByKey);
    };
  }, [isOpen]);

  return (
    <div className="share" ref={element}>
      <button
        type="button"
        className="round-button"
        data-testid="copy-link"
        aria-label={texts.copyLink}
        aria-expanded={isOpen}
        title={texts.copyLink}
        onClick={() => setOpen(!isOpen)}
      >
        <LinkIcon />
      </button>
      {isOpen ? (
        <div className="share-card" role="dialog" aria-label={texts.linkToRoom}>
          <LinkField link={link} copyAtOnce />
        </div>
      ) : null}
    </div>
  );
}
