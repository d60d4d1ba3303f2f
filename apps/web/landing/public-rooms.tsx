import { useEffect, useState, type ReactNode } from 'react';
import type { PublicRooms as Listed } from '#protocol';
import { useTexts } from '../i18n/language-provider.tsx';
import { PeopleIcon } from '../icons/icons.tsx';
import { roomPath } from '../page/room-url.ts';
import './public-rooms.css';

/** `unknown`: nothing was heard yet; `unreachable`: the server does not answer, and is asked again. */
type Listing = Listed | 'unknown' | 'unreachable';

/** The rooms that anybody may find, as they are now. */
export function PublicRooms(): ReactNode {
  const texts = useTexts();
  const listing = useListing();
  return (
    <section className="public-rooms" aria-labelledby="public-rooms-title">
      <h2 id="public-rooms-title" className="public-rooms-title">
        {texts.publicRooms}
      </h2>
      {typeof listing === 'string' || listing.total === 0 ? (
        <p className="public-rooms-words" role="status">
          {listing === 'unreachable' ? texts.publicRoomsUnknown : null}
          {typeof listing === 'object' ? texts.noPublicRooms : null}
        </p>
      ) : (
        <Rooms listed={listing} />
      )}
    </section>
  );
}

function Rooms({ listed: { rooms, total } }: { readonly listed: Listed }): ReactNode {
  const texts = useTexts();
  return (
    <>
      <ul className="public-rooms-list">
        {rooms.map(({ name, participants, maxParticipants }) => (
          <li key={name}>
            <a className="public-room" href={roomPath(name)}>
              <span className="public-room-name">{name}</span>
              <span className="public-room-count">
                <PeopleIcon />
                {texts.participants(participants)}
                {participants < maxParticipants ? null : ` · ${texts.roomIsFull}`}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {total > rooms.length ? (
        <p className="public-rooms-words">{texts.morePublicRooms(total - rooms.length)}</p>
      ) : null}
    </>
  );
}

function useListing(): Listing {
  const [listing, setListing] = useState<Listing>('unknown');
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isThere = true;
    const watch = async (): Promise<void> => {
      // Apart from the page, which is there before it has a connection to the server.
      const { watchPublicRooms } = await import('./watch-public-rooms.ts');
      if (isThere) stop = watchPublicRooms((rooms) => setListing(rooms ?? 'unreachable'));
    };
    watch().catch(() => setListing('unreachable'));
    return () => {
      isThere = false;
      stop?.();
    };
  }, []);
  return listing;
}
