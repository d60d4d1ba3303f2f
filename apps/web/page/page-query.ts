import type { TopologyWish } from '#protocol';
import { salvageName } from './name.ts';

/** What the query of a room's address asks for. Part of the stable outside: embedders and tests rely on it. */
export interface PageQuery {
  /** `name`: the display name; null if none is given, or none that can stand. */
  readonly displayName: string | null;
  /** `autojoin=1`: join without a click. */
  readonly autojoin: boolean;
  /** `audio=0`: start without a microphone, and do not ask for it. */
  readonly audio: boolean;
  /** `video=0`: start without a camera, and do not ask for it. */
  readonly video: boolean;
  /** `topology=auto|mesh|sfu`: a wish, which counts for whoever opens the room. */
  readonly topology: TopologyWish;
  /** `relay=1`: this participant's address is not to be seen by the others. */
  readonly relayOnly: boolean;
}

export function readPageQuery(search: string): PageQuery {
  const query = new URLSearchParams(search);
  return {
    displayName: salvageName(query.get('name') ?? ''),
    autojoin: query.get('autojoin') === '1',
    audio: query.get('audio') !== '0',
    video: query.get('video') !== '0',
    topology: readWish(query.get('topology')),
    relayOnly: query.get('relay') === '1',
  };
}

function readWish(text: string | null): TopologyWish {
  return text === 'mesh' || text === 'sfu' ? text : 'auto';
}
