import { useEffect, type ReactNode, type Ref } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { CloseIcon } from '../icons/icons.tsx';
import { panelIdOf, type PanelName, type Panels } from './panels.ts';
import './panel-frame.css';

export interface PanelFrameProps {
  readonly ref?: Ref<HTMLElement>;
  readonly panel: PanelName;
  readonly panels: Panels;
  /** What it is called by. */
  readonly name: string;
  /** What stands above it, if that says more. */
  readonly title?: string;
  readonly children: ReactNode;
}

/** Beside the call where there is room, and over it on a phone, where the controls stay in reach below. */
export function PanelFrame({ ref, panel, panels, name, title = name, children }: PanelFrameProps): ReactNode {
  const { conversation: texts } = useTexts();
  useEffect(() => {
    const closeByKey = ({ key, isComposing }: KeyboardEvent): void => {
      // While Hangul or Kana are composed, the key belongs to that.
      if (key === 'Escape' && !isComposing) panels.close();
    };
    document.addEventListener('keydown', closeByKey);
    return () => document.removeEventListener('keydown', closeByKey);
  }, [panels]);
  const close = texts.closePanel(name);
  return (
    <section
      ref={ref}
      id={panelIdOf(panel)}
      className="panel"
      role="dialog"
      aria-label={name}
      data-testid={panelIdOf(panel)}
      tabIndex={-1}
    >
      <div className="panel-head">
        <h2 className="panel-title">{title}</h2>
        <button
          type="button"
          className="panel-close"
          aria-label={close}
          title={close}
          onClick={() => panels.close()}
        >
          <CloseIcon />
        </button>
      </div>
      {children}
    </section>
  );
}
