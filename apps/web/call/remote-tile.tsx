import type { ReactNode } from 'react';
import type { Call, RemoteParticipantView } from '#client';
import type { Source } from '#protocol';
import { AttachedVideo } from './attached-video.tsx';
import { TileSigns } from '../reactions/tile-signs.tsx';
import { Avatar } from './avatar.tsx';
import { NamePlate } from './name-plate.tsx';
import { Tile, type Pin } from './tile.tsx';

export interface RemoteTileProps {
  readonly call: Call;
  readonly participant: RemoteParticipantView;
  readonly pin: Pin;
}

/** One of the others. */
export function RemoteTile({ call, participant, pin }: RemoteTileProps): ReactNode {
  const { id, displayName, path, sources } = participant;
  const sends = (source: Source): boolean => sources.some((one) => one.source === source && !one.muted);
  return (
    <Tile
      label={displayName}
      pin={pin}
      testId="tile"
      data={{
        'data-participant-id': id,
        'data-participant-name': displayName,
        'data-path': path ?? undefined,
      }}
    >
      <Avatar name={displayName} />
      <AttachedVideo call={call} participant={participant} source="camera" isCovered={!sends('camera')} />
      <NamePlate name={displayName} micIsOn={sends('mic')} />
      <TileSigns call={call} participantId={id} />
    </Tile>
  );
}
