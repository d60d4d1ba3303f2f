import { useCallback, useState } from 'react';
import type { CallSnapshot } from '#client';
import type { ParticipantId } from '#protocol';
import { recall, remember } from '../remembered.ts';
import { arrange, type Arrangement, type TileKey, type View } from './arrangement.ts';
import { followSharing } from './sharing.ts';
import { speakerIn } from './speaker.ts';
import type { Pin } from './tile.tsx';

const NOBODY: readonly ParticipantId[] = [];

export interface Stage {
  readonly arrangement: Arrangement;
  readonly view: View;
  readonly toggleView: () => void;
  readonly page: number;
  readonly turnTo: (page: number) => void;
  readonly pinOf: (key: TileKey) => Pin;
  readonly unpin: () => void;
}

/** What is large and which page is seen: as the person wishes, and the call allows. */
export function useStage(snapshot: CallSnapshot): Stage {
  const [view, setView] = useState<View>(() => (recall('view') === 'speaker' ? 'speaker' : 'grid'));
  const [pinned, setPinned] = useState<TileKey | null>(null);
  const [page, turnTo] = useState(0);
  const [sharing, setSharing] = useState(NOBODY);
  const { participants, state } = snapshot;
  const sharingNow = followSharing(sharing, participants);
  if (sharingNow !== sharing) setSharing(sharingNow);

  const arrangement = arrange({
    people: participants.map(({ id }) => id),
    sharing: sharingNow,
    invites: state === 'joined' && participants.length === 0,
    view,
    pinned,
    speaker: speakerIn(snapshot),
  });
  const unpin = useCallback(() => setPinned(null), []);
  return {
    arrangement,
    view,
    toggleView() {
      const next = view === 'grid' ? 'speaker' : 'grid';
      remember('view', next);
      setView(next);
      setPinned(null);
      turnTo(0);
    },
    page,
    turnTo,
    pinOf: (key) => ({
      isPinned: pinned === key,
      toggle: () => setPinned(pinned === key ? null : key),
    }),
    unpin,
  };
}
