import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { NextIcon, PreviousIcon } from '../icons/icons.tsx';

export interface PagerProps {
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
  readonly onTurn: (page: number) => void;
}

/** Turns the pages of the people who are not all seen at once. */
export function Pager({ page, pages, onTurn }: PagerProps): ReactNode {
  const texts = useTexts();
  return (
    <>
      <button
        type="button"
        className="pager-button"
        aria-label={texts.previousPage}
        title={texts.previousPage}
        disabled={page === 0}
        onClick={() => onTurn(page - 1)}
      >
        <PreviousIcon />
      </button>
      <span role="status">
        <span aria-hidden="true">{`${page + 1} / ${pages}`}</span>
        <span className="visually-hidden">{texts.pageOf(page + 1, pages)}</span>
      </span>
      <button
        type="button"
        className="pager-button"
        aria-label={texts.nextPage}
        title={texts.nextPage}
        disabled={page === pages - 1}
        onClick={() => onTurn(page + 1)}
      >
        <NextIcon />
      </button>
    </>
  );
}
