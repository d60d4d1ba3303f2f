import type { ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import type { Panels } from '../panels/panels.ts';
import { distinctNames } from '../people/people-order.ts';
import { useStore } from '../store.ts';

export interface RecipientSelectProps {
  readonly panels: Panels;
  readonly participants: CallSnapshot['participants'];
}

/** To whom one writes. Whoever leaves stays chosen: what was meant for one must not go to everyone. */
export function RecipientSelect({ panels, participants }: RecipientSelectProps): ReactNode {
  const { conversation: texts } = useTexts();
  const recipient = useStore(panels.recipient);
  const names = distinctNames(participants);
  const isGone = recipient !== null && !names.has(recipient.id);
  return (
    <label className="recipient">
      <span>{texts.recipient}</span>
      <select
        className="recipient-select"
        value={recipient?.id ?? ''}
        onChange={({ target: { value } }) => {
          const chosen = participants.find(({ id }) => id === value);
          panels.recipient.set(
            chosen === undefined ? null : { id: chosen.id, displayName: names.get(chosen.id) ?? '' },
          );
        }}
      >
        <option value="">{texts.everyone}</option>
        {isGone ? <option value={recipient.id}>{texts.hasLeft(recipient.displayName)}</option> : null}
        {participants.map(({ id }) => (
          <option key={id} value={id}>
            {names.get(id)}
          </option>
        ))}
      </select>
    </label>
  );
}
