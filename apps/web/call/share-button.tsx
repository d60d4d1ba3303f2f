import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { CloseIcon, LinkIcon } from '../icons/icons.tsx';
import { Invite } from './invite.tsx';
import './share-button.css';

/** Copies the link, and shows it with the other ways to bring somebody in. */
export function ShareButton({ link }: { readonly link: string }): ReactNode {
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const titleId = useId();

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!isOpen) return undefined;
    card.current?.focus();
    const closeOutside = ({ target }: PointerEvent): void => {
      if (target instanceof Node && element.current?.contains(target) === false) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  return (
    <div
      className="share"
      ref={element}
      onKeyDown={(event) => {
        if (!isOpen || event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={button}
        type="button"
        className="round-button"
        data-testid="copy-link"
        aria-label={texts.invite}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={texts.invite}
        onClick={() => setOpen(!isOpen)}
      >
        <LinkIcon />
      </button>
      {isOpen ? (
        <div ref={card} className="share-card" role="dialog" aria-labelledby={titleId} tabIndex={-1}>
          <div className="share-head">
            <h2 id={titleId} className="share-title">
              {texts.invite}
            </h2>
            <button
              type="button"
              className="share-close"
              aria-label={texts.dismiss}
              title={texts.dismiss}
              onClick={close}
            >
              <CloseIcon />
            </button>
          </div>
          <Invite link={link} copyAtOnce />
        </div>
      ) : null}
    </div>
  );
}
