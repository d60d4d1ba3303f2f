import type { ReactNode } from 'react';
import type { CallSnapshot } from '#client';
import { useTexts } from '../i18n/language-provider.tsx';
import './topology-badge.css';

/** Over what the call runs, and on asking why. It pulses while the call is being moved. */
export function TopologyBadge({ snapshot }: { readonly snapshot: CallSnapshot }): ReactNode {
  const texts = useTexts();
  const { topology, topologyReason, handover } = snapshot;
  if (topology === null || topologyReason === null) return null;
  const why = handover === 'preparing' ? texts.preparing : texts.topologyReason[topologyReason];
  return (
    <button type="button" className="topology" data-handover={handover} aria-describedby="topology-why">
      <span className="topology-dot" data-topology={topology} />
      {texts.topology[topology]}
      <span className="topology-why" id="topology-why" role="tooltip">
        {why}
      </span>
    </button>
  );
}
