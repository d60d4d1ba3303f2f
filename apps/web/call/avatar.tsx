import type { ReactNode } from 'react';
import { initials } from './initials.ts';

/** Stands behind the video, and is seen while there is no picture. */
export function Avatar({ name }: { readonly name: string }): ReactNode {
  return (
    <div className="tile-avatar" aria-hidden="true">
      <span>{initials(name)}</span>
    </div>
  );
}
