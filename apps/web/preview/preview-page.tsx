import { useState, type FormEvent, type ReactNode } from 'react';
import { DevicePicker } from '../devices/device-picker.tsx';
import { DeviceNotices } from '../devices/device-notices.tsx';
import { LanguageSelect } from '../i18n/language-select.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { Brand } from '../icons/brand.tsx';
import { readName } from '../page/name.ts';
import { remember } from '../remembered.ts';
import type { RoomSession } from '../room/room-session.ts';
import { PreviewStage } from './preview-stage.tsx';
import { RoomVisibilityField } from './room-visibility-field.tsx';
import { WhoIsHere } from './who-is-here.tsx';
import '../styles/controls.css';
import './preview-page.css';

export interface PreviewPageProps {
  readonly session: RoomSession;
  readonly suggestedName: string;
}

/** Before joining: see oneself, choose what to send, and say who one is. */
export function PreviewPage({ session, suggestedName }: PreviewPageProps): ReactNode {
  const texts = useTexts();
  const [name, setName] = useState(suggestedName);
  const [isPublic, setPublic] = useState(false);
  const reading = readName(name);
  const problem = reading.ok || reading.problem === 'empty' ? null : reading.problem;

  const join = (event: FormEvent): void => {
    event.preventDefault();
    if (problem !== null) return;
    if (reading.ok) remember('display-name', reading.name);
    // Whoever finds somebody there is not asked, and has not chosen.
    const chosen = isPublic && session.preview.displayNames.get()?.length === 0;
    session.join(reading.ok ? reading.name : texts.guest, chosen ? 'public' : 'private');
  };

  return (
    <>
      <header className="page-header">
        <Brand />
        <LanguageSelect />
      </header>
      <main className="preview">
        <PreviewStage session={session} />
        <div className="preview-devices">
          <DevicePicker of={session} />
        </div>
        <form className="preview-form" onSubmit={join} noValidate>
          <p className="preview-room">{session.room}</p>
          <h1 className="title">{texts.previewTitle}</h1>
          <WhoIsHere preview={session.preview} />
          <div className="field">
            <label className="field-label" htmlFor="display-name">
              {texts.yourName}
            </label>
            <input
              id="display-name"
              className="field-input"
              value={name}
              placeholder={texts.yourNamePlaceholder}
              autoComplete="name"
              aria-describedby="display-name-hint"
              aria-invalid={problem !== null}
              onChange={(event) => setName(event.target.value)}
            />
            <p id="display-name-hint" className="field-hint" role="status" data-problem="">
              {problem === 'too-long' ? texts.nameTooLong : null}
              {problem === 'unprintable' ? texts.nameUnprintable : null}
            </p>
          </div>
          <button className="button" type="submit" data-testid="join">
            {texts.join}
          </button>
          <RoomVisibilityField preview={session.preview} isPublic={isPublic} onChange={setPublic} />
        </form>
        <div className="preview-notices">
          <DeviceNotices camera={session.camera} mic={session.mic} dismissible={false} />
        </div>
      </main>
    </>
  );
}
