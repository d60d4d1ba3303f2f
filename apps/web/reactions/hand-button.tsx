import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { HandIcon } from '../icons/conversation-icons.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useCallSnapshot } from '../room/use-call-snapshot.ts';
import { useStore } from '../store.ts';

/** Raises one's hand, and lowers it. */
export function HandButton({ session }: { readonly session: RoomSession }): ReactNode {
  const { conversation: texts } = useTexts();
  const isUp = useCallSnapshot(useStore(session.call)).local.handSeq !== null;
  const label = isUp ? texts.lowerHand : texts.raiseHand;
  return (
    <button
      type="button"
      className="round-button hand-button"
      data-testid="hand"
      data-up={isUp ? '' : undefined}
      aria-label={label}
      title={label}
      onClick={() => session.setHand(!isUp)}
    >
      <HandIcon />
    </button>
  );
}
