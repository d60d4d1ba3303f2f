import { useState, type ReactNode } from 'react';
import type { HandoverRecord } from '#protocol';
import { useLanguageChoice } from '../i18n/language-provider.tsx';
import type { GapScale } from './gap-scale.ts';
import { wordsForGaps, wordsForOutcome } from './handover-words.ts';
import { PathRow } from './path-row.tsx';
import { largestGaps, pathsOf, withNames } from './timeline.ts';

/** All the paths among three people; of more, the worst of them first. */
const SHOWN_AT_FIRST = 6;

export interface HandoverEntryProps {
  readonly record: HandoverRecord;
  readonly scale: GapScale;
  readonly names: ReadonlyMap<string, string>;
  /** The name to be shown; null: it is you. */
  readonly nameOf: (id: string) => string | null;
}

/** One handover: from where to where, why, how it went, and what everybody saw of it. */
export function HandoverEntry({ record, scale, names, nameOf }: HandoverEntryProps): ReactNode {
  const { language, texts } = useLanguageChoice();
  const [showsAll, setShowsAll] = useState(false);
  const paths = pathsOf(record);
  const shown = showsAll ? paths : paths.slice(0, SHOWN_AT_FIRST);
  const startedAt = new Date(record.startedAt);
  return (
    <li className="handover" data-testid="handover" data-epoch={record.epoch} data-outcome={record.outcome}>
      <div className="handover-head">
        <h3 className="handover-title">{`${texts.topology[record.from]} → ${texts.topology[record.to]}`}</h3>
        <time dateTime={startedAt.toISOString()}>
          {startedAt.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' })}
        </time>
      </div>
      <p className="handover-why">{texts.topologyReason[record.reason]}</p>
      <p className="handover-outcome">{wordsForOutcome(record, texts)}</p>
      {record.message === '' ? null : <p className="handover-message">{withNames(record.message, names)}</p>}
      <p className="handover-gaps">
        {paths.length === 0 ? texts.noReports : wordsForGaps(largestGaps(paths), texts)}
      </p>
      <ul className="handover-paths">
        {shown.map((path) => (
          <PathRow
            key={`${path.receiverId} ${path.measure.participantId}`}
            path={path}
            scale={scale}
            nameOf={nameOf}
          />
        ))}
      </ul>
      {shown.length === paths.length ? null : (
        <button type="button" className="button button-quiet button-small" onClick={() => setShowsAll(true)}>
          {texts.showAllPaths(paths.length)}
        </button>
      )}
    </li>
  );
}
