import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { GapPicture } from './gap-picture.tsx';
import type { GapScale } from './gap-scale.ts';
import { wordsForLosses, wordsForPath, wordsForTime } from './handover-words.ts';
import type { MeasuredPath } from './timeline.ts';

export interface PathRowProps {
  readonly path: MeasuredPath;
  readonly scale: GapScale;
  readonly nameOf: (id: string) => string | null;
}

/** One receiver and one sender: figures, the picture of them, and the small print. */
export function PathRow({ path, scale, nameOf }: PathRowProps): ReactNode {
  const texts = useTexts();
  const { receiverId, measure } = path;
  const { longestFrameIntervalMs: during, steadyFrameIntervalMs: before } = measure;
  const who = texts.whoSeesWhom(nameOf(receiverId), nameOf(measure.participantId));
  return (
    <li className="path-row">
      <p className="path-row-head" aria-hidden="true">
        <span className="path-row-who">{who}</span>
        {during === null ? (
          <span className="path-row-before">{texts.noPicture}</span>
        ) : (
          <span className="path-row-figures">
            <strong>{wordsForTime(during, texts)}</strong>{' '}
            <span className="path-row-before">
              {texts.before(before === null ? '–' : wordsForTime(before, texts))}
            </span>
          </span>
        )}
      </p>
      <GapPicture measure={measure} scale={scale} words={wordsForPath(who, measure, texts)} />
      <p className="path-row-losses">{wordsForLosses(measure, texts)}</p>
    </li>
  );
}
