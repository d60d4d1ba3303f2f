import { useEffect, useState } from 'react';
import { CallError, type Call, type CallState } from '#client';
import type { HandoverRecord } from '#protocol';
import { addToTimeline } from './timeline.ts';

export interface Timeline {
  /** Newest first. */
  readonly records: readonly HandoverRecord[];
  /** Of what was before: on its way, here, or not to be had. What is new comes in any case. */
  readonly past: 'loading' | 'known' | 'unknown';
}

const EMPTY: Timeline = { records: [], past: 'loading' };

/** The room's handovers, and each new one when it has been measured. */
export function useTimeline(call: Call, state: CallState): Timeline {
  const [timeline, setTimeline] = useState(EMPTY);
  useEffect(
    () =>
      call.on('handover', (record) =>
        setTimeline(({ records, past }) => ({ past, records: addToTimeline(records, [record]) })),
      ),
    [call],
  );
  useEffect(() => {
    if (state !== 'joined') return undefined;
    let isWanted = true;
    const load = async (): Promise<void> => {
      try {
        const known = await call.handovers();
        if (isWanted) {
          setTimeline(({ records }) => ({ past: 'known', records: addToTimeline(known, records) }));
        }
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        if (isWanted) setTimeline(({ records }) => ({ past: 'unknown', records }));
      }
    };
    void load();
    return () => {
      isWanted = false;
    };
  }, [call, state]);
  return timeline;
}
