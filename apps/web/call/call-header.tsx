import type { ReactNode, Ref } from 'react';
import type { CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { PeopleIcon } from '../icons/icons.tsx';
import { TopologyBadge } from './topology-badge.tsx';

export interface CallHeaderProps {
  readonly snapshot: CallSnapshot;
  readonly badge: Ref<HTMLButtonElement>;
  readonly detailsAreOpen: boolean;
  readonly onToggleDetails: () => void;
}

export function CallHeader({ snapshot, badge, detailsAreOpen, onToggleDetails }: CallHeaderProps): ReactNode {
  const texts = useTexts();
  const count = snapshot.participants.length + 1;
  return (
    <header className="call-header">
      <h1 className="call-room">{snapshot.room}</h1>
      {snapshot.visibility === 'public' ? (
        <span className="call-public" title={texts.roomIsPublic}>
          <span aria-hidden="true">{texts.publicRoom}</span>
          <span className="visually-hidden">{texts.roomIsPublic}</span>
        </span>
      ) : null}
      <span className="call-count" title={texts.participants(count)}>
        <PeopleIcon />
        <span aria-hidden="true">{count}</span>
        <span className="visually-hidden">{texts.participants(count)}</span>
      </span>
      <TopologyBadge
        ref={badge}
        snapshot={snapshot}
        detailsAreOpen={detailsAreOpen}
        onToggle={onToggleDetails}
      />
    </header>
  );
}
