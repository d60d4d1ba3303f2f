import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { announcement } from './announcement.ts';

/** Tells a screen reader what happens in the call. */
export function Announcements({ snapshot }: { readonly snapshot: CallSnapshot }): ReactNode {
  const texts = useTexts();
  const before = useRef(snapshot);
  const [words, setWords] = useState('');
  useEffect(() => {
    const news = announcement(before.current, snapshot, texts);
    before.current = snapshot;
    if (news !== null) setWords(news);
  }, [snapshot, texts]);
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}
