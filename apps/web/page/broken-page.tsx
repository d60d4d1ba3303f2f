import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { Brand } from '../icons/brand.tsx';
import '../styles/controls.css';

/** In the place of a page that could not be loaded whole. */
export function BrokenPage(): ReactNode {
  const texts = useTexts();
  return (
    <>
      <header className="page-header">
        <Brand />
      </header>
      <main className="page-centered" role="alert">
        <h1 className="title">{texts.brokenTitle}</h1>
        <p className="muted">{texts.brokenSentence}</p>
        <div className="actions">
          <button className="button" type="button" onClick={() => window.location.reload()}>
            {texts.reload}
          </button>
        </div>
      </main>
    </>
  );
}
