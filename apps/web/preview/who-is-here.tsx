import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { PeopleIcon } from '../icons/icons.tsx';
import { useStore } from '../store.ts';
import type { RoomPreview } from './room-preview.ts';
import { wordsForPresence } from './words-for-presence.ts';

/** Who is in the room already. It keeps its place while that is not known, so that nothing jumps. */
export function WhoIsHere({ preview }: { readonly preview: RoomPreview }): ReactNode {
  const texts = useTexts();
  const names = useStore(preview.displayNames);
  return (
    <p className="preview-presence" role="status" data-testid="presence">
      {names === null ? null : (
        <>
          <PeopleIcon />
          <span>{wordsForPresence(names, texts)}</span>
        </>
      )}
    </p>
  );
}
