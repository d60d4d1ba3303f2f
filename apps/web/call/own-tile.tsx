import type { ReactNode } from 'react';
import { OwnVideo } from '../devices/own-video.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import { TileSigns } from '../reactions/tile-signs.tsx';
import type { RoomSession } from '../room/room-session.ts';
import { useStore } from '../store.ts';
import { Avatar } from './avatar.tsx';
import { NamePlate } from './name-plate.tsx';
import { Tile, type Pin } from './tile.tsx';

export interface OwnTileProps {
  readonly session: RoomSession;
  readonly name: string;
  readonly pin: Pin;
}

/** Oneself, as in a mirror and without sound. */
export function OwnTile({ session, name, pin }: OwnTileProps): ReactNode {
  const texts = useTexts();
  const call = useStore(session.call);
  const camera = useStore(session.camera.state);
  const mic = useStore(session.mic.state);
  return (
    <Tile label={texts.you} pin={pin} data={{ 'data-local': '' }}>
      <Avatar name={name} />
      <OwnVideo track={camera.status === 'on' ? camera.track : null} label={texts.ownPreview} />
      <NamePlate name={texts.you} micIsOn={mic.status === 'on'} />
      <TileSigns call={call} participantId={null} />
    </Tile>
  );
}
