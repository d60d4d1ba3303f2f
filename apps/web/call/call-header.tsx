import type { ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { PeopleIcon } from '../icons/icons.tsx';
import { TopologyBadge } from './topology-badge.tsx';

export function CallHeader({ snapshot }: { readonly snapshot: CallSnapshot }): ReactNode {
  const texts = useTexts();
  const count = snapshot.participants.length + 1;
  return (
    <header className="call-header">
      <h1 className="call-room">{snapshot.room}</h1>
      <span className="call-count" title={texts.participants(count)}>
        <PeopleIcon />
        <span aria-hidden="true">{count}</span>
        <span className="visually-hidden">{texts.participants(count)}</span>
      </span>
      <TopologyBadge snapshot={snapshot} />
    </header>
  );
}
