import type { ReactNode } from 'react';

/** The name and its sign, a track that parts from another one; leads to the start page. */
export function Brand(): ReactNode {
  return (
    <a className="brand" href="/">
      <svg className="brand-sign" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="currentColor" />
        <path className="brand-tracks" d="M6 22h20M6 22c8 0 9-12 20-12" />
      </svg>
      <span>Switchyard</span>
    </a>
  );
}
