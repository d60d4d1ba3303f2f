import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { CheckIcon, LinkIcon } from '../icons/icons.tsx';
import { copyText } from './copy-text.ts';
import './link-field.css';

export interface LinkFieldProps {
  readonly link: string;
  /** Copies at once: whoever opened the field has asked for that already. */
  readonly copyAtOnce?: boolean;
}

type Copying = 'not-yet' | 'copied' | 'refused';

/** The link to the room, to see and to copy. */
export function LinkField({ link, copyAtOnce = false }: LinkFieldProps): ReactNode {
  const texts = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [copying, setCopying] = useState<Copying>('not-yet');

  const copy = async (): Promise<void> => {
    const copied = await copyText(link);
    setCopying(copied ? 'copied' : 'refused');
    if (!copied) input.current?.select();
  };
  useEffect(() => {
    if (copyAtOnce) void copy();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it appears
  }, []);

  return (
    <div className="link-field">
      <input
        ref={input}
        className="field-input"
        aria-label={texts.linkToRoom}
        data-testid="room-link"
        value={link}
        readOnly
        onFocus={(event) => event.target.select()}
      />
      <button type="button" className="button" onClick={() => void copy()}>
        {copying === 'copied' ? <CheckIcon /> : <LinkIcon />}
        {copying === 'copied' ? texts.linkCopied : texts.copyLink}
      </button>
      <p className={copying === 'refused' ? 'link-field-words' : 'visually-hidden'} role="status">
        {copying === 'copied' ? texts.linkCopied : null}
        {copying === 'refused' ? texts.linkNotCopied : null}
      </p>
    </div>
  );
}
