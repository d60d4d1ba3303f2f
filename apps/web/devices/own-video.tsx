import { useLayoutEffect, useRef, type ReactNode } from 'react';
import './own-video.css';

/** One's own camera, without sound. Mirrored by its style: that is how people know themselves. */
export function OwnVideo({
  track,
  label,
}: {
  readonly track: MediaStreamTrack | null;
  readonly label: string;
}): ReactNode {
  const element = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const video = element.current;
    if (video !== null) video.srcObject = track === null ? null : new MediaStream([track]);
  }, [track]);
  return (
    <video
      ref={element}
      className="own-video"
      aria-label={label}
      hidden={track === null}
      autoPlay
      playsInline
      muted
    />
  );
}
