import type { ReactNode, Ref } from 'react';
import type { CallSnapshot } from '#client';
import { DETAILS_PANEL_ID } from '../handovers/details-panel.tsx';
import { useTexts } from '../i18n/language-provider.tsx';
import './topology-badge.css';

export interface TopologyBadgeProps {
  readonly ref: Ref<HTMLButtonElement>;
  readonly snapshot: CallSnapshot;
  readonly detailsAreOpen: boolean;
  readonly onToggle: () => void;
}

/** Over what the call runs, and on asking why. It pulses while the call is being moved, and opens the details. */
export function TopologyBadge({ ref, snapshot, detailsAreOpen, onToggle }: TopologyBadgeProps): ReactNode {
  const texts = useTexts();
  const { topology, topologyReason, handover } = snapshot;
  if (topology === null || topologyReason === null) return null;
  const why = handover === 'preparing' ? texts.preparing : texts.topologyReason[topologyReason];
  return (
    <button
      ref={ref}
      type="button"
      className="topology"
      data-testid="topology"
      data-handover={handover}
      aria-haspopup="dialog"
      aria-expanded={detailsAreOpen}
      aria-controls={detailsAreOpen ? DETAILS_PANEL_ID : undefined}
      aria-describedby="topology-why"
      onClick={onToggle}
    >
      <span className="topology-dot" data-topology={topology} />
      {texts.topology[topology]}
      <span className="visually-hidden">: {texts.openDetails}</span>
      <span className="topology-why" id="topology-why" role="tooltip">
        {why}
      </span>
    </button>
  );
}
