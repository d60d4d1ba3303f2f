import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { MicOffIcon } from '../icons/icons.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useStore } from '../store.ts';
import { watchSpeech } from './watch-speech.ts';
import '../styles/controls.css';
import './muted-speech-hint.css';

/** Tells somebody who speaks with the microphone turned off that nobody hears it. */
export function MutedSpeechHint({ session }: { readonly session: RoomSession }): ReactNode {
  const { conversation: texts } = useTexts();
  const { mic } = session;
  const { status } = useStore(mic.state);
  const [isSpeaking, setSpeaking] = useState(false);
  useEffect(() => {
    const track = status === 'off' ? mic.mutedTrack : null;
    if (track === null) return undefined;
    const stop = watchSpeech(track, setSpeaking);
    return () => {
      stop();
      setSpeaking(false);
    };
  }, [mic, status]);
  return (
    <div role="status">
      {isSpeaking ? (
        <div className="muted-speech" data-testid="muted-speech">
          <MicOffIcon />
          {texts.youAreMuted}
          <button type="button" className="button button-small" onClick={() => void mic.turnOn()}>
            {texts.unmute}
          </button>
        </div>
      ) : null}
    </div>
  );
}
