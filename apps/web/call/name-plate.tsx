import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { MicOffIcon } from '../icons/icons.tsx';

export interface NamePlateProps {
  readonly name: string;
  readonly micIsOn: boolean;
}

export function NamePlate({ name, micIsOn }: NamePlateProps): ReactNode {
  const texts = useTexts();
  return (
    <div className="tile-plate">
      {micIsOn ? null : (
        <span className="tile-muted" role="img" aria-label={texts.micMuted(name)}>
          <MicOffIcon />
        </span>
      )}
      <span className="tile-name">{name}</span>
    </div>
  );
}
