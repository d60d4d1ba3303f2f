import type { ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { Invite } from './invite.tsx';
import './invitation.css';

/** In the place of the first of the others, as long as there is none. */
export function Invitation({ link }: { readonly link: string }): ReactNode {
  const texts = useTexts();
  return (
    <section className="invitation" aria-labelledby="invitation-title">
      <div className="invitation-card">
        <h2 id="invitation-title" className="invitation-title">
          {texts.aloneTitle}
        </h2>
        <p className="muted">{texts.aloneSentence}</p>
        <Invite link={link} />
      </div>
    </section>
  );
}
