import type { ReactNode } from 'react';
import { useStore } from '../store.ts';
import { buttonIdOf, panelIdOf, type PanelName, type Panels } from './panels.ts';

export interface PanelButtonProps {
  readonly panels: Panels;
  readonly panel: PanelName;
  readonly label: string;
  readonly children: ReactNode;
}

/** Opens a panel, and closes it. */
export function PanelButton({ panels, panel, label, children }: PanelButtonProps): ReactNode {
  const isOpen = useStore(panels.open) === panel;
  return (
    <button
      type="button"
      id={buttonIdOf(panel)}
      className="round-button panel-button"
      data-testid={buttonIdOf(panel)}
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-controls={isOpen ? panelIdOf(panel) : undefined}
      title={label}
      onClick={() => panels.toggle(panel)}
    >
      {children}
    </button>
  );
}
