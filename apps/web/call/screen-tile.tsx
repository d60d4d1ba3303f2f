import type { ReactNode } from 'react';
import type { Call, RemoteParticipantView } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { ScreenIcon } from '../icons/icons.tsx';
import { AttachedVideo } from './attached-video.tsx';
import { Tile, type Pin } from './tile.tsx';

export interface ScreenTileProps {
  readonly call: Call;
  readonly participant: RemoteParticipantView;
  readonly pin: Pin;
}

/** The screen that one of the others shares, all of it. */
export function ScreenTile({ call, participant, pin }: ScreenTileProps): ReactNode {
  const texts = useTexts();
  const { id, displayName } = participant;
  const label = texts.screenOf(displayName);
  return (
    <Tile
      label={label}
      pin={pin}
      testId="screen-tile"
      data={{ 'data-participant-id': id, 'data-participant-name': displayName }}
    >
      <AttachedVideo call={call} participant={participant} source="screen" isCovered={false} />
      <div className="tile-plate">
        <ScreenIcon />
        <span className="tile-name">{label}</span>
      </div>
    </Tile>
  );
}
