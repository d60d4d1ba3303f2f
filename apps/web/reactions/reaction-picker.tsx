import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { REACTIONS, type Reaction } from '#protocol';
import { useTexts } from '../i18n/language-provider.tsx';
import { HandIcon, ReactionIcon } from '../icons/conversation-icons.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useCallSnapshot } from '../room/use-call-snapshot.ts';
import { useStore } from '../store.ts';
import './reaction-picker.css';

const PICKER_ID = 'reaction-picker';

/** The reactions, a click away; it stays open, for applause is rarely one clap. */
export function ReactionPicker({ session }: { readonly session: RoomSession }): ReactNode {
  const { conversation: texts } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const handIsUp = useCallSnapshot(useStore(session.call)).local.handSeq !== null;

  useEffect(() => {
    if (!isOpen) return undefined;
    element.current?.querySelector<HTMLElement>('.reaction')?.focus();
    const closeOutside = ({ target }: PointerEvent): void => {
      if (target instanceof Node && element.current?.contains(target) === false) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    // Of two things that are open, the inner one closes.
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };

  return (
    <div className="reaction-picker" ref={element} onKeyDown={closeByKey}>
      <button
        ref={button}
        type="button"
        className="round-button panel-button"
        data-testid="reactions"
        aria-label={texts.reactions}
        aria-expanded={isOpen}
        aria-controls={isOpen ? PICKER_ID : undefined}
        title={texts.reactions}
        onClick={() => setOpen(!isOpen)}
      >
        <ReactionIcon />
      </button>
      {isOpen ? (
        <div id={PICKER_ID} className="reaction-card" role="group" aria-label={texts.reactions}>
          <div className="reaction-row">
            {(Object.keys(REACTIONS) as Reaction[]).map((reaction) => (
              <button
                key={reaction}
                type="button"
                className="reaction"
                aria-label={texts.reaction[reaction]}
                title={texts.reaction[reaction]}
                onClick={() => session.react(reaction)}
              >
                {REACTIONS[reaction]}
              </button>
            ))}
          </div>
          <button
            type="button"
            className="button button-quiet button-small reaction-hand"
            onClick={() => {
              session.setHand(!handIsUp);
              setOpen(false);
              button.current?.focus();
            }}
          >
            <HandIcon />
            {handIsUp ? texts.lowerHand : texts.raiseHand}
          </button>
        </div>
      ) : null}
    </div>
  );
}
