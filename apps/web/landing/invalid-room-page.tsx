import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { LanguageSelect } from '../i18n/language-select.tsx';
import { Brand } from '../icons/brand.tsx';
import type { RoomNameProblem } from '../page/room-url.ts';
import '../styles/controls.css';

export function InvalidRoomPage({ problem }: { readonly problem: RoomNameProblem }): ReactNode {
  const texts = useTexts();
  return (
    <>
      <header className="page-header">
        <Brand />
        <LanguageSelect />
      </header>
      <main className="page-centered">
        <h1 className="title">{texts.invalidRoomTitle}</h1>
        <p className="muted">{texts.roomNameProblems[problem]}</p>
        <div className="actions">
          <a className="button" href="/">
            {texts.toStart}
          </a>
        </div>
      </main>
    </>
  );
}
