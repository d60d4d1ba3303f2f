import type { ReactNode } from 'react';
import { initials } from '../call/initials.ts';
import { useTexts } from '../i18n/language-provider.tsx';
import { ChatIcon, HandIcon } from '../icons/conversation-icons.tsx';
import { CameraIcon, CameraOffIcon, MicIcon, MicOffIcon } from '../icons/icons.tsx';
import type { Panels } from '../panels/panels.ts';
import type { Person } from './people-order.ts';

export interface PersonRowProps {
  readonly person: Person;
  /** By which this one is told apart from others of the same name. */
  readonly name: string;
  readonly panels: Panels;
}

export function PersonRow({ person, name, panels }: PersonRowProps): ReactNode {
  const { you, micMuted, conversation: texts } = useTexts();
  const { id, isSelf, role, micIsOn, cameraIsOn, handPlace } = person;
  return (
    <li className="person" data-self={isSelf ? '' : undefined}>
      <span className="person-avatar" aria-hidden="true">
        {initials(name)}
      </span>
      <span className="person-words">
        <span className="person-name">{name}</span>
        {isSelf || role === 'host' || handPlace !== null ? (
          <span className="person-about">
            {handPlace === null ? null : (
              <span className="person-hand" role="img" aria-label={texts.raisedHand(name, `${handPlace}`)}>
                <HandIcon />
                {handPlace}
              </span>
            )}
            {[...(isSelf ? [you] : []), ...(role === 'host' ? [texts.host] : [])].join(' · ')}
          </span>
        ) : null}
      </span>
      {isSelf || id === null ? null : (
        <button
          type="button"
          className="person-write"
          aria-label={texts.writeTo(name)}
          title={texts.writeTo(name)}
          onClick={() => panels.writeTo({ id, displayName: name })}
        >
          <ChatIcon />
        </button>
      )}
      <span className="person-sources">
        {micIsOn ? (
          <span aria-hidden="true">
            <MicIcon />
          </span>
        ) : (
          <span role="img" aria-label={micMuted(name)} data-off="">
            <MicOffIcon />
          </span>
        )}
        {cameraIsOn ? (
          <span aria-hidden="true">
            <CameraIcon />
          </span>
        ) : (
          <span role="img" aria-label={texts.cameraOff(name)} data-off="">
            <CameraOffIcon />
          </span>
        )}
      </span>
    </li>
  );
}
