// Apart from the schemas: browsers take these values along, and the schemas not.

export const SOURCES = ['mic', 'camera', 'screen', 'screen-audio'] as const;

/** What a track shows or says. A participant sends at most one track per source. */
export type Source = (typeof SOURCES)[number];

export type MediaKind = 'audio' | 'video';

/** The kind of track a source has. */
export const kindOfSource = (source: Source): MediaKind =>
  source === 'mic' || source === 'screen-audio' ? 'audio' : 'video';
