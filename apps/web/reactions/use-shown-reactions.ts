import { useEffect, useState } from 'react';
import type { Call } from '#client';
import type { ParticipantId, Reaction } from '#protocol';

/** As long as it takes to see it, and for its animation in tile-signs.css. */
const SHOWN_MS = 4000;
const SHOWN_AT_ONCE = 5;

export interface ShownReaction {
  readonly key: number;
  readonly reaction: Reaction;
}

/** What a participant shows at the moment, oldest first. */
export function useShownReactions(call: Call, id: ParticipantId | null): readonly ShownReaction[] {
  const [shown, setShown] = useState<readonly ShownReaction[]>([]);
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    let key = 0;
    const off = call.on('reaction', ({ participantId, reaction }) => {
      if (participantId !== id) return;
      key += 1;
      const one = { key, reaction };
      setShown((before) => [...before, one].slice(-SHOWN_AT_ONCE));
      const timer = setTimeout(() => {
        timers.delete(timer);
        setShown((before) => before.filter((other) => other !== one));
      }, SHOWN_MS);
      timers.add(timer);
    });
    return () => {
      off();
      for (const timer of timers) clearTimeout(timer);
      setShown([]);
    };
  }, [call, id]);
  return shown;
}
