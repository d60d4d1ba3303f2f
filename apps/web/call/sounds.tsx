import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Call, RemoteParticipantView } from '#client';
import { useStore } from '../store.ts';
import type { Speaker } from '../devices/speaker.ts';
import type { Playback } from './playback.ts';

export interface SoundsProps {
  readonly call: Call;
  readonly participants: readonly RemoteParticipantView[];
  readonly playback: Playback;
  readonly speaker: Speaker;
}

/**
 * What is heard of everybody, whoever can be seen: tiles come and go with their pages. An element comes with its first track: one that
 * began with nothing to play does not tell when it plays.
 */
export function Sounds({ call, participants, playback, speaker }: SoundsProps): ReactNode {
  const speakerId = useStore(speaker.id);
  useEffect(() => {
    playback.playThrough(speakerId).catch((error: unknown) => {
      if (!(error instanceof DOMException)) throw error;
      speaker.fallBack();
    });
  }, [playback, speaker, speakerId]);
  return (
    <div hidden>
      {participants.flatMap((participant) =>
        SOUNDS.filter((source) => streamIn(participant, source).getTracks().length > 0).map((source) => (
          <Sound
            key={`${participant.id} ${source}`}
            call={call}
            participant={participant}
            source={source}
            playback={playback}
          />
        )),
      )}
    </div>
  );
}

const SOUNDS = ['mic', 'screen-audio'] as const;

const streamIn = (participant: RemoteParticipantView, source: (typeof SOUNDS)[number]): MediaStream =>
  source === 'mic' ? participant.voice : participant.screenSound;

interface SoundProps extends Pick<SoundsProps, 'call' | 'playback'> {
  readonly participant: RemoteParticipantView;
  readonly source: (typeof SOUNDS)[number];
}

function Sound({ call, participant, source, playback }: SoundProps): ReactNode {
  const { id, displayName } = participant;
  const stream = streamIn(participant, source);
  const element = useRef<HTMLAudioElement>(null);
  useLayoutEffect(() => {
    const audio = element.current;
    if (audio === null) return undefined;
    const detach = call.attach(id, audio, { source });
    playback.add(audio);
    return () => {
      playback.forget(audio);
      detach();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- after a reconnect there is another stream under the same id
  }, [call, id, source, stream, playback]);

  // A stream that was empty for a while ends its element, which begins again with the next track.
  useEffect(() => {
    if (element.current?.paused === true) void playback.play(element.current);
  });

  return (
    <audio
      ref={element}
      data-testid="sound"
      data-participant-name={displayName}
      data-source={source}
      autoPlay
    />
  );
}
