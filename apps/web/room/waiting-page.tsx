import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { Spinner } from '../icons/spinner.tsx';

/** Joining waits until the browser has asked for the devices. */
export function WaitingPage({ room }: { readonly room: string }): ReactNode {
  const texts = useTexts();
  return (
    <main className="page-centered" role="status">
      <Spinner />
      <h1 className="title">{room}</h1>
      <p className="muted">{texts.waitingForDevices}</p>
    </main>
  );
}
