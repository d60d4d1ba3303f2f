import { useEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { CloseIcon } from '../icons/icons.tsx';
import { SHORTCUT_KEYS, TALK_KEY } from './shortcuts.ts';
import './shortcuts-dialog.css';

/** As it is printed on keyboards, of whatever language. */
const KEY_CAPS: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
};

/** Every key, and what it does. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const texts = useTexts();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const [first, ...others] = SHORTCUT_KEYS;
  const rows = [...(first === undefined ? [] : [first]), [TALK_KEY, 'talk'] as const, ...others];
  return (
    <dialog ref={element} className="shortcuts" aria-labelledby="shortcuts-title" onClose={onClose}>
      <div className="shortcuts-head">
        <h2 id="shortcuts-title" className="shortcuts-title">
          {texts.shortcutsTitle}
        </h2>
        <button
          type="button"
          className="device-notice-close"
          aria-label={texts.closeDetails}
          title={texts.closeDetails}
          onClick={() => element.current?.close()}
        >
          <CloseIcon />
        </button>
      </div>
      <dl className="shortcuts-list">
        {rows.map(([key, shortcut]) => (
          <div key={key}>
            <dt>
              <kbd className="key">
                {key === TALK_KEY ? texts.spaceBar : (KEY_CAPS[key] ?? key.toUpperCase())}
              </kbd>
            </dt>
            <dd>{texts.shortcuts[shortcut]}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
