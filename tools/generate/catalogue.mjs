/** @typedef {import('./wire-schemas.mjs').Protocol} Protocol */
/** @typedef {import('zod').z.ZodType} Schema */

/**
 * Something that one side says to the other.
 *
 * @typedef {object} Entry
 * @property {string} name as on the wire: `room:join`
 * @property {'request' | 'room notification' | 'direct notification' | 'server request'} kind
 * @property {string} summary
 * @property {Schema} payload
 * @property {Schema} [answer] of a request
 * @property {readonly string[]} [errors] of a request, beyond those that any may meet
 */

/** What belongs together for a reader. A noun that has no row makes an area of its own. */
const AREAS = [
  { title: 'Room and participants', nouns: ['room', 'rooms', 'participant'] },
  { title: 'Conversation', nouns: ['chat', 'reaction'] },
  { title: 'Mesh', nouns: ['link'] },
  { title: 'SFU', nouns: ['router', 'transport', 'producer', 'consumer'] },
  { title: 'Topology', nouns: ['topology', 'path', 'handover'] },
];

/**
 * The whole catalogue: requests first, then what the server tells, then what it asks.
 *
 * @param {Protocol} protocol
 * @returns {Entry[]}
 */
export function entriesOf({ requests, roomNotifications, directNotifications, serverRequests }) {
  return [
    ...entriesOfKind('request', requests),
    ...entriesOfKind('room notification', roomNotifications),
    ...entriesOfKind('direct notification', directNotifications),
    ...entriesOfKind('server request', serverRequests),
  ];
}

/**
 * @param {readonly Entry[]} entries
 * @returns {{ title: string, entries: Entry[] }[]} in the order in which a reader meets them
 */
export function byArea(entries) {
  const titles = new Set([...AREAS.map(({ title }) => title), ...entries.map(({ name }) => areaOf(name))]);
  return [...titles]
    .map((title) => ({ title, entries: entries.filter(({ name }) => areaOf(name) === title) }))
    .filter((area) => area.entries.length > 0);
}

/**
 * @param {string} name `noun:verb`
 * @returns {string} the area's title
 */
export function areaOf(name) {
  const [noun = name] = name.split(':');
  const area = AREAS.find(({ nouns }) => nouns.includes(noun));
  return area?.title ?? noun.charAt(0).toUpperCase() + noun.slice(1);
}

/**
 * @param {Entry['kind']} kind
 * @param {Record<string, Omit<Entry, 'name' | 'kind'>>} definitions
 * @returns {Entry[]}
 */
function entriesOfKind(kind, definitions) {
  return Object.entries(definitions).map(([name, definition]) => ({ ...definition, name, kind }));
}
