import type { ReactNode } from 'react';
import { Spinner } from '../icons/spinner.tsx';

export interface WaitingPageProps {
  readonly room: string;
  /** What is waited for. */
  readonly words: string;
}

/** Joining waits until the browser has asked for the devices, and until the call's page is there. */
export function WaitingPage({ room, words }: WaitingPageProps): ReactNode {
  return (
    <main className="page-centered" role="status">
      <Spinner />
      <h1 className="title">{room}</h1>
      <p className="muted">{words}</p>
    </main>
  );
}
