import { useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/language-provider.tsx';
import { ShareIcon } from '../icons/icons.tsx';
import { LinkField } from './link-field.tsx';
import { QrCode } from './qr-code.tsx';
import { canShare, leadsNowhereElse, share } from './share.ts';
import './invite.css';

export interface InviteProps {
  readonly link: string;
  /** Copies at once: whoever opened this has asked for that already. */
  readonly copyAtOnce?: boolean;
}

/** All the ways to bring somebody into the room: the link, a code for a camera, and whatever the system can share with. */
export function Invite({ link, copyAtOnce = false }: InviteProps): ReactNode {
  const texts = useTexts();
  const [refused, setRefused] = useState(false);
  return (
    <div className="invite">
      <LinkField link={link} copyAtOnce={copyAtOnce} />
      {canShare(link) ? (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => void share(link).then((shared) => setRefused(!shared))}
        >
          <ShareIcon />
          {texts.shareLink}
        </button>
      ) : null}
      {refused ? (
        <p className="invite-words" role="status">
          {texts.linkNotShared}
        </p>
      ) : null}
      <div className="invite-code">
        <QrCode text={link} label={texts.qrCode} />
        <p className="invite-words">{leadsNowhereElse(link) ? texts.linkIsLocal : texts.qrCodeSentence}</p>
      </div>
    </div>
  );
}
