import type { Epoch, ParticipantId, ParticipantInfo, Source, Topology } from '#protocol';
import type { RemoteParticipantView } from './call-snapshot.ts';
import type { RemoteTrack } from './media-plane.ts';

interface Path {
  readonly topology: Topology;
  readonly tracks: Map<Source, RemoteTrack>;
}

/**
 * One of the others: what is known of it, and its path in each plane. One path is live, which means that its tracks are the ones in
 * the streams. Switching exchanges the tracks inside the same streams, sound and picture in one tick, so that no element has to
 * begin anew.
 */
export class RemoteParticipant {
  readonly stream = new MediaStream();
  readonly screenStream = new MediaStream();
  readonly voice = new MediaStream();
  readonly screenSound = new MediaStream();
  #info: ParticipantInfo;
  readonly #paths = new Map<Epoch, Path>();
  #live: Epoch | null = null;

  constructor(info: ParticipantInfo) {
    this.#info = info;
  }

  get id(): ParticipantId {
    return this.#info.id;
  }

  get info(): ParticipantInfo {
    return this.#info;
  }

  /** The epoch whose path is shown; null while there is none. */
  get liveEpoch(): Epoch | null {
    return this.#live;
  }

  /** The receiver of the microphone that is heard now. */
  get heard(): RTCRtpReceiver | undefined {
    return this.#live === null ? undefined : this.#paths.get(this.#live)?.tracks.get('mic')?.receiver;
  }

  update(info: ParticipantInfo): void {
    this.#info = info;
    const path = this.#live === null ? undefined : this.#paths.get(this.#live);
    if (path !== undefined) this.#show(path);
  }

  view(): RemoteParticipantView {
    const { id, displayName, role, sources, handSeq } = this.#info;
    const path = this.#live === null ? null : (this.#paths.get(this.#live)?.topology ?? null);
    const { stream, screenStream, voice, screenSound } = this;
    return { id, displayName, role, sources, handSeq, path, stream, screenStream, voice, screenSound };
  }

  /** A track came (or, null, went) over a plane. The first path that there is becomes live: nobody is kept waiting for a better one. */
  setTrack(epoch: Epoch, topology: Topology, source: Source, remote: RemoteTrack | null): void {
    const path = this.#paths.get(epoch) ?? { topology, tracks: new Map<Source, RemoteTrack>() };
    this.#paths.set(epoch, path);
    if (remote === null) path.tracks.delete(source);
    else path.tracks.set(source, remote);
    this.#live ??= epoch;
    if (this.#live === epoch) this.#show(path);
  }

  tracks(epoch: Epoch): ReadonlyMap<Source, RemoteTrack> {
    return this.#paths.get(epoch)?.tracks ?? new Map<Source, RemoteTrack>();
  }

  /** Makes the path of that epoch the one that is seen and heard. */
  switchTo(epoch: Epoch, topology: Topology): void {
    if (this.#live === epoch) return;
    this.#live = epoch;
    const path = this.#paths.get(epoch) ?? { topology, tracks: new Map<Source, RemoteTrack>() };
    this.#paths.set(epoch, path);
    this.#show(path);
  }

  /** The plane of that epoch is closed. */
  dropPath(epoch: Epoch): void {
    this.#paths.delete(epoch);
    if (this.#live === epoch) this.#live = null;
  }

  #show({ tracks }: Path): void {
    const mic = tracks.get('mic')?.track;
    // A link keeps the section of a screen that is no longer shared, and its track with it, for the next one.
    const shared = (source: Source): MediaStreamTrack | undefined =>
      this.#info.sources.some((one) => one.source === source) ? tracks.get(source)?.track : undefined;
    const screenAudio = shared('screen-audio');
    exchange(this.stream, [mic, tracks.get('camera')?.track]);
    exchange(this.voice, [mic]);
    exchange(this.screenStream, [shared('screen'), screenAudio]);
    exchange(this.screenSound, [screenAudio]);
  }
}

/** New tracks in before old ones out: the stream is never empty in between. */
function exchange(stream: MediaStream, wanted: readonly (MediaStreamTrack | undefined)[]): void {
  const keep = new Set(wanted.filter((track) => track !== undefined));
  const old = stream.getTracks().filter((track) => !keep.has(track));
  for (const track of keep) stream.addTrack(track);
  for (const track of old) stream.removeTrack(track);
}
