import type { ReactNode } from 'react';
import type { Call, CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { PanelFrame } from '../panels/panel-frame.tsx';
import type { Panels } from '../panels/panels.ts';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import { distinctNames, peopleInOrder } from './people-order.ts';
import { PersonRow } from './person-row.tsx';
import './people-panel.css';

export interface PeoplePanelProps {
  readonly call: Call;
  readonly snapshot: CallSnapshot;
  readonly panels: Panels;
}

/** Who is in the call, and whose turn it is to speak. */
export function PeoplePanel({ snapshot, panels }: PeoplePanelProps): ReactNode {
  const { conversation: texts } = useTexts();
  const start = useFocusOnArrival<HTMLElement>();
  const people = peopleInOrder(snapshot);
  const names = distinctNames(snapshot.participants);
  return (
    <PanelFrame
      ref={start}
      panel="people"
      panels={panels}
      name={texts.people}
      title={texts.peopleWithCount(`${people.length}`)}
    >
      <ul className="people" aria-label={texts.people}>
        {people.map((person) => (
          <PersonRow
            key={person.isSelf ? 'self' : person.id}
            person={person}
            name={(person.id === null ? undefined : names.get(person.id)) ?? person.displayName}
            panels={panels}
          />
        ))}
      </ul>
    </PanelFrame>
  );
}
