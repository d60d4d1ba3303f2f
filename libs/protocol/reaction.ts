// Apart from the schemas: browsers take these values along, and the schemas not.

/** What can be said without a word. The names are what the wire has. */
export const REACTIONS = {
  'thumbs-up': '👍',
  heart: '❤️',
  applause: '👏',
  laugh: '😂',
  surprise: '😮',
  celebrate: '🎉',
} as const;

export type Reaction = keyof typeof REACTIONS;
