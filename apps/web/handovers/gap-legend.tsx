import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { wordsForTime } from './handover-words.ts';
import { NOTICED_MS } from './gap-scale.ts';

/** What the bars and the mark mean. */
export function GapLegend(): ReactNode {
  const texts = useTexts();
  return (
    <ul className="gap-legend">
      <li>
        <svg width="20" height="10" aria-hidden="true">
          <g className="gap-bar" data-kind="during">
            <rect y="2" width="20" height="6" rx="2" />
          </g>
        </svg>
        {texts.legendDuring}
      </li>
      <li>
        <svg width="20" height="10" aria-hidden="true">
          <g className="gap-bar" data-kind="before">
            <rect y="2" width="20" height="6" rx="2" />
          </g>
        </svg>
        {texts.legendBefore}
      </li>
      <li>
        <svg width="20" height="14" aria-hidden="true">
          <line className="gap-mark" x1="10" x2="10" y1="0" y2="14" />
        </svg>
        {texts.legendMark(wordsForTime(NOTICED_MS, texts))}
      </li>
    </ul>
  );
}
