import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { useStore } from '../store.ts';
import type { RoomPreview } from './room-preview.ts';
import './room-visibility-field.css';

export interface RoomVisibilityFieldProps {
  readonly preview: RoomPreview;
  readonly isPublic: boolean;
  readonly onChange: (isPublic: boolean) => void;
}

/**
 * Whether everybody may find the room: a choice for whoever opens it, a fact for those who come after. It keeps its place while that is
 * not known, so that nothing jumps.
 */
export function RoomVisibilityField({ preview, isPublic, onChange }: RoomVisibilityFieldProps): ReactNode {
  const texts = useTexts();
  const names = useStore(preview.displayNames);
  const visibility = useStore(preview.visibility);
  return (
    <div className="room-visibility">
      {names?.length === 0 ? (
        <label className="room-visibility-choice">
          <input
            type="checkbox"
            checked={isPublic}
            aria-describedby="room-visibility-hint"
            onChange={(event) => onChange(event.target.checked)}
          />
          <span>{texts.makePublic}</span>
          <span id="room-visibility-hint" className="room-visibility-hint">
            {texts.makePublicHint}
          </span>
        </label>
      ) : null}
      {visibility === 'public' ? <p className="room-visibility-hint">{texts.roomIsPublic}</p> : null}
    </div>
  );
}
