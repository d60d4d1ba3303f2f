import { Fragment, type ReactNode } from 'react';
import { textParts } from './links.ts';

/** What somebody typed, as text: nothing in it is markup, and only addresses of the web can be clicked. */
export function MessageText({ text }: { readonly text: string }): ReactNode {
  return (
    <p className="message-text" dir="auto">
      {textParts(text).map(({ text: words, href }, index) =>
        href === null ? (
          <Fragment key={index}>{words}</Fragment>
        ) : (
          <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow">
            {words}
          </a>
        ),
      )}
    </p>
  );
}
