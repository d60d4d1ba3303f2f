import type { ReactNode } from 'react';
import type { Call } from '#client';
import { REACTIONS, type ParticipantId } from '#protocol';
import { useTexts } from '../i18n/language-provider.tsx';
import { HandIcon } from '../icons/conversation-icons.tsx';
import { peopleInOrder } from '../people/people-order.ts';
import { useCallSnapshot } from '../room/use-call-snapshot.ts';
import { useShownReactions } from './use-shown-reactions.ts';
import './tile-signs.css';

export interface TileSignsProps {
  readonly call: Call;
  /** Whose tile it is; null: one's own. */
  readonly participantId: ParticipantId | null;
}

/** Over a tile: a raised hand with its turn, and reactions, for a moment. */
export function TileSigns({ call, participantId }: TileSignsProps): ReactNode {
  const { conversation: texts } = useTexts();
  const snapshot = useCallSnapshot(call);
  const id = participantId ?? snapshot.local.id;
  const reactions = useShownReactions(call, id);
  const person = peopleInOrder(snapshot).find((one) => one.id === id);
  return (
    <>
      {person === undefined || person.handPlace === null ? null : (
        <span
          className="tile-hand"
          role="img"
          aria-label={texts.raisedHand(person.displayName, `${person.handPlace}`)}
        >
          <HandIcon />
          {person.handPlace}
        </span>
      )}
      <div className="tile-reactions">
        {reactions.map(({ key, reaction }) => (
          <span key={key} className="tile-reaction" role="img" aria-label={texts.reaction[reaction]}>
            {REACTIONS[reaction]}
          </span>
        ))}
      </div>
    </>
  );
}
