import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Call, RemoteParticipantView } from '#client';
import type { Source } from '#protocol';
import { TileSigns } from '../reactions/tile-signs.tsx';
import { Avatar } from './avatar.tsx';
import { NamePlate } from './name-plate.tsx';
import type { Playback } from './playback.ts';
import './tile.css';

export interface RemoteTileProps {
  readonly call: Call;
  readonly participant: RemoteParticipantView;
  readonly playback: Playback;
}

/**
 * One of the others. The element and its stream stay the same while the path changes. The attributes are part of the stable
 * outside: tests and embedders read them.
 */
export function RemoteTile({ call, participant, playback }: RemoteTileProps): ReactNode {
  const { id, displayName, path, sources, stream } = participant;
  const sends = (source: Source): boolean => sources.some((one) => one.source === source && !one.muted);
  const element = useRef<HTMLVideoElement>(null);

  useLayoutEffect(() => {
    const video = element.current;
    if (video === null) return undefined;
    const detach = call.attach(id, video);
    return () => {
      playback.forget(video);
      detach();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- after a reconnect there is another stream under the same id
  }, [call, id, stream, playback]);

  // A stream that was empty for a while ends its element, which begins again with the next track.
  useEffect(() => {
    if (element.current?.paused === true) void playback.play(element.current);
  });

  return (
    <article
      className="tile"
      data-testid="tile"
      data-participant-id={id}
      data-participant-name={displayName}
      data-path={path ?? undefined}
      aria-label={displayName}
    >
      <Avatar name={displayName} />
      <video
        ref={element}
        className="tile-video"
        data-covered={sends('camera') ? undefined : ''}
        autoPlay
        playsInline
      />
      <NamePlate name={displayName} micIsOn={sends('mic')} />
      <TileSigns call={call} participantId={id} />
    </article>
  );
}
