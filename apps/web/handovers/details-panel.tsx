import { useEffect, type ReactNode } from 'react';
import type { Call, CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import { CloseIcon } from '../icons/icons.tsx';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import { GapLegend } from './gap-legend.tsx';
import { GapScale } from './gap-scale.ts';
import { HandoverEntry } from './handover-entry.tsx';
import { keyOf, namesIn, pathsOf } from './timeline.ts';
import { useTimeline } from './use-timeline.ts';
import './details-panel.css';

export const DETAILS_PANEL_ID = 'call-details';

export interface DetailsPanelProps {
  readonly call: Call;
  readonly snapshot: CallSnapshot;
  readonly onClose: () => void;
}

/** What carries the call and why, and how every move between direct and server went. The call goes on beside it. */
export function DetailsPanel({ call, snapshot, onClose }: DetailsPanelProps): ReactNode {
  const texts = useTexts();
  const start = useFocusOnArrival<HTMLElement>();
  const { records, past } = useTimeline(call, snapshot.state);
  const { topology, topologyReason, handover, participants, local } = snapshot;

  useEffect(() => {
    const closeByKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('keydown', closeByKey);
    return () => document.removeEventListener('keydown', closeByKey);
  }, [onClose]);

  const names = namesIn(records, participants);
  const nameOf = (id: string): string | null => (id === local.id ? null : (names.get(id) ?? texts.someone));
  const scale = new GapScale(
    records
      .flatMap(pathsOf)
      .flatMap(({ measure }) => [measure.longestFrameIntervalMs ?? 0, measure.steadyFrameIntervalMs ?? 0]),
  );

  return (
    <section
      ref={start}
      id={DETAILS_PANEL_ID}
      className="details"
      role="dialog"
      aria-labelledby="call-details-title"
      data-testid="call-details"
      tabIndex={-1}
    >
      <div className="details-head">
        <h2 id="call-details-title" className="details-title">
          {texts.detailsTitle}
        </h2>
        <button
          type="button"
          className="details-close"
          aria-label={texts.closeDetails}
          title={texts.closeDetails}
          onClick={onClose}
        >
          <CloseIcon />
        </button>
      </div>
      {topology === null || topologyReason === null ? null : (
        <div className="details-now">
          <p className="details-topology">
            <span className="topology-dot" data-topology={topology} />
            {texts.topologyNow[topology]}
          </p>
          <p className="muted">{texts.topologyReason[topologyReason]}</p>
          {handover === 'preparing' ? <p role="status">{texts.preparing}</p> : null}
        </div>
      )}
      <h2 className="details-section">{texts.timelineTitle}</h2>
      {past === 'unknown' ? (
        <p className="muted" role="status">
          {texts.timelineUnknown}
        </p>
      ) : null}
      {records.length === 0 && past === 'known' ? <p className="muted">{texts.timelineEmpty}</p> : null}
      {records.length === 0 ? null : (
        <>
          <p className="muted">{texts.timelineExplained}</p>
          <GapLegend />
          <ol className="handovers">
            {records.map((record) => (
              <HandoverEntry
                key={keyOf(record)}
                record={record}
                scale={scale}
                names={names}
                nameOf={nameOf}
              />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
