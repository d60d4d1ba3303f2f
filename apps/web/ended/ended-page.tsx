import type { ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { LanguageSelect } from '../i18n/language-select.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { Brand } from '../icons/brand.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import { wordsForEnd } from './words-for-end.ts';
import '../styles/controls.css';

export interface EndedPageProps {
  readonly session: RoomSession;
  readonly snapshot: CallSnapshot;
}

/** The call is over, or never was: why, and what next. */
export function EndedPage({ session, snapshot }: EndedPageProps): ReactNode {
  const texts = useTexts();
  const start = useFocusOnArrival<HTMLElement>();
  const { title, sentence, again } = wordsForEnd(snapshot, texts);
  return (
    <>
      <header className="page-header">
        <Brand />
        <LanguageSelect />
      </header>
      <main ref={start} className="page-centered" tabIndex={-1}>
        <p className="muted">{session.room}</p>
        <div role="status">
          <h1 className="title">{title}</h1>
          <p className="muted">{sentence}</p>
        </div>
        <div className="actions">
          {again === null ? null : (
            <button className="button" type="button" data-testid="rejoin" onClick={() => session.rejoin()}>
              {again}
            </button>
          )}
          <a className="button button-quiet" href="/">
            {texts.toStart}
          </a>
        </div>
      </main>
    </>
  );
}
