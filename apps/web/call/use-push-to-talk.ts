import { useEffect, useState } from 'react';
import type { LocalDevice } from '../devices/local-device.ts';
import { isTalkStroke, TALK_KEY } from './shortcuts.ts';

/** Turns a microphone that is off on for as long as the space bar is held. Returns whether it is. */
export function usePushToTalk(mic: LocalDevice): boolean {
  const [isTalking, setTalking] = useState(false);
  useEffect(() => {
    let held = false;
    const press = (event: KeyboardEvent): void => {
      if (!isTalkStroke(event) || (mic.state.get().status !== 'off' && !held)) return;
      // Nor does the page scroll while it is held.
      event.preventDefault();
      if (held) return;
      held = true;
      setTalking(true);
      void mic.turnOn();
    };
    const release = (): void => {
      if (!held) return;
      held = false;
      setTalking(false);
      mic.turnOff();
    };
    const releaseKey = ({ key }: KeyboardEvent): void => {
      if (key === TALK_KEY) release();
    };
    document.addEventListener('keydown', press);
    document.addEventListener('keyup', releaseKey);
    // Whoever goes to another window with the key held lets go of it there.
    window.addEventListener('blur', release);
    return () => {
      release();
      document.removeEventListener('keydown', press);
      document.removeEventListener('keyup', releaseKey);
      window.removeEventListener('blur', release);
    };
  }, [mic]);
  return isTalking;
}
