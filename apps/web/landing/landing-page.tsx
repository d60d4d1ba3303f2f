import { useState, type FormEvent, type ReactNode } from 'react';
import { LanguageSelect } from '../i18n/language-select.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { Brand } from '../icons/brand.tsx';
import { readName, type NameProblem } from '../page/name.ts';
import { roomPath } from '../page/room-url.ts';
import { makeUpName } from './made-up-name.ts';
import { PublicRooms } from './public-rooms.tsx';
import { TracksPicture } from './tracks-picture.tsx';
import '../styles/controls.css';
import './landing-page.css';

/** Where one names a room, or gets a name made up. */
export function LandingPage(): ReactNode {
  const texts = useTexts();
  const [suggestion] = useState(() => makeUpName());
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<NameProblem | null>(null);

  const start = (event: FormEvent): void => {
    event.preventDefault();
    const reading = readName(text.trim() === '' ? suggestion : text);
    if (reading.ok) window.location.assign(roomPath(reading.name));
    else setProblem(reading.problem);
  };

  return (
    <>
      <header className="page-header">
        <Brand />
        <LanguageSelect />
      </header>
      <main className="landing">
        <div className="landing-words">
          <h1 className="landing-title">{texts.landingTitle}</h1>
          <p className="landing-sentence">{texts.landingSentence}</p>
          <form className="landing-form" onSubmit={start} noValidate>
            <label className="field-label" htmlFor="room-name">
              {texts.roomName}
            </label>
            <div className="landing-start">
              <input
                id="room-name"
                className="field-input"
                value={text}
                placeholder={suggestion}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                aria-describedby="room-name-hint"
                aria-invalid={problem !== null}
                onChange={(event) => {
                  setText(event.target.value);
                  setProblem(null);
                }}
              />
              <button className="button" type="submit">
                {texts.startCall}
              </button>
            </div>
            <p
              id="room-name-hint"
              className="field-hint"
              role="status"
              data-problem={problem === null ? undefined : ''}
            >
              {problem === null ? texts.roomNameHint : texts.roomNameProblems[problem]}
            </p>
          </form>
          <p className="landing-promise">{texts.landingPromise}</p>
        </div>
        <TracksPicture label={texts.meshAndServer} />
        <PublicRooms />
      </main>
    </>
  );
}
