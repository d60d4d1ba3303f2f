import { kindOfSource, type Source, type SourceState } from '#protocol';

export interface LocalTrack {
  readonly source: Source;
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
}

/** What this participant sends, whatever plane it goes through. */
export class LocalMedia {
  readonly #tracks = new Map<Source, LocalTrack>();

  get tracks(): readonly LocalTrack[] {
    return [...this.#tracks.values()];
  }

  /** The tracks in the order in which a new plane should send them: a picture takes longer to appear than a sound. */
  get picturesFirst(): readonly LocalTrack[] {
    return this.tracks.toSorted((one, other) => rank(one) - rank(other));
  }

  get states(): SourceState[] {
    return this.tracks.map(({ source, muted }) => ({ source, muted }));
  }

  get(source: Source): LocalTrack | undefined {
    return this.#tracks.get(source);
  }

  set(local: LocalTrack): void {
    const { source, track } = local;
    // Encoders then keep the lines sharp and let frames go (W3C mst-content-hint). An application may know better.
    if (source === 'screen' && track.contentHint === '') track.contentHint = 'text';
    this.#tracks.set(local.source, local);
  }

  delete(source: Source): boolean {
    return this.#tracks.delete(source);
  }
}

const rank = ({ source }: LocalTrack): number => (kindOfSource(source) === 'video' ? 0 : 1);
