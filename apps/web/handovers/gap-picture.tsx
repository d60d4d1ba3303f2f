import type { ReactNode } from 'react';
import type { PathMeasure } from '#protocol';
import { NOTICED_MS, type GapScale } from './gap-scale.ts';

const HEIGHT = 20;
const BAR = 6;

export interface GapPictureProps {
  readonly measure: PathMeasure;
  readonly scale: GapScale;
  /** What the picture says, in words. */
  readonly words: string;
}

/** Two bars: the largest gap between pictures while the call moved, and under it that of the seconds before. */
export function GapPicture({ measure, scale, words }: GapPictureProps): ReactNode {
  const { longestFrameIntervalMs: during, steadyFrameIntervalMs: before } = measure;
  const mark = `${scale.percent(NOTICED_MS)}%`;
  return (
    <svg className="gap-picture" height={HEIGHT} role="img" aria-label={words}>
      <line className="gap-ground" x1="0" x2="100%" y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      {during === null ? null : <Bar ms={during} y={2} scale={scale} kind="during" />}
      {before === null ? null : <Bar ms={before} y={10} scale={scale} kind="before" />}
      <line className="gap-mark" x1={mark} x2={mark} y1="0" y2={HEIGHT} />
    </svg>
  );
}

interface BarProps {
  readonly ms: number;
  readonly y: number;
  readonly scale: GapScale;
  readonly kind: 'during' | 'before';
}

/** One that is longer than the scale ends in an arrow. */
function Bar({ ms, y, scale, kind }: BarProps): ReactNode {
  const isNoticed = kind === 'during' && ms > NOTICED_MS;
  return (
    <g className="gap-bar" data-kind={kind} data-noticed={isNoticed ? '' : undefined}>
      <rect x="0" y={y} width={`${scale.percent(ms)}%`} height={BAR} rx="2" />
      {scale.isBeyond(ms) ? (
        <svg x="100%" y={y} overflow="visible">
          <path className="gap-beyond" d={`M-9 -1l4 ${BAR / 2 + 1}l-4 ${BAR / 2 + 1}`} />
        </svg>
      ) : null}
    </g>
  );
}
