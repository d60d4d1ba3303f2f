import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Call, RemoteParticipantView } from '#client';

export interface AttachedVideoProps {
  readonly call: Call;
  readonly participant: RemoteParticipantView;
  readonly source: 'camera' | 'screen';
  readonly isCovered: boolean;
}

/** The picture of one of the others, without its sound. The element and its stream stay the same while the path changes. */
export function AttachedVideo({ call, participant, source, isCovered }: AttachedVideoProps): ReactNode {
  const { id } = participant;
  const stream = source === 'camera' ? participant.stream : participant.screenStream;
  const element = useRef<HTMLVideoElement>(null);

  useLayoutEffect(() => {
    const video = element.current;
    return video === null ? undefined : call.attach(id, video, { source });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- after a reconnect there is another stream under the same id
  }, [call, id, source, stream]);

  // A stream that was empty for a while ends its element, which begins again with the next track.
  useEffect(() => {
    if (element.current?.paused === true) void element.current.play().catch(ignoreInterruption);
  });

  return (
    <video
      ref={element}
      className="tile-video"
      data-source={source}
      data-covered={isCovered ? '' : undefined}
      autoPlay
      playsInline
      muted
    />
  );
}

/** The element got something else to play, or a battery is being saved: it shows what it can. */
function ignoreInterruption(error: unknown): void {
  if (!(error instanceof DOMException)) throw error;
}
