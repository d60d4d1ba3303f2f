import { Emitter } from '#kernel';
import type { Epoch, IceServer, LinkSignal, ParticipantId, ParticipantInfo, Source } from '#protocol';
import type { LocalMedia, LocalTrack } from './local-media.ts';
import type { MediaPlane, PlaneEvents } from './media-plane.ts';
import { MeshLink } from './mesh-link.ts';

export interface MeshPlaneOptions {
  readonly epoch: Epoch;
  readonly iceServers: readonly IceServer[];
  readonly local: LocalMedia;
  /** The `joinedSeq` of this participant: of two ends, whoever joined first makes the first offer. */
  readonly joinedSeq: number;
  readonly send: (to: ParticipantId, signal: LinkSignal) => void;
}

/** One link to each of the others. */
export class MeshPlane implements MediaPlane {
  readonly topology = 'mesh';
  readonly epoch: Epoch;
  readonly events = new Emitter<PlaneEvents>();
  readonly #options: MeshPlaneOptions;
  readonly #links = new Map<ParticipantId, MeshLink>();

  constructor(options: MeshPlaneOptions) {
    this.#options = options;
    this.epoch = options.epoch;
  }

  addParticipant({ id: participantId, joinedSeq }: ParticipantInfo): void {
    if (this.#links.has(participantId)) return;
    const { iceServers, local, send } = this.#options;
    const link = new MeshLink({
      iceServers,
      offers: this.#options.joinedSeq < joinedSeq,
      local: local.tracks,
    });
    link.events.on('signal', (signal) => send(participantId, signal));
    link.events.on('track', (track) => this.events.emit('track', { participantId, ...track }));
    link.events.on('failed', ({ cause }) => this.events.emit('failed', { participantId, cause }));
    this.#links.set(participantId, link);
  }

  removeParticipant(id: ParticipantId): void {
    this.#links.get(id)?.close();
    this.#links.delete(id);
  }

  /** What the other end of a link says. Nothing happens when that participant is gone. */
  receive(from: ParticipantId, signal: LinkSignal): void {
    this.#links.get(from)?.receive(signal);
  }

  async publish(local: LocalTrack): Promise<void> {
    await Promise.all([...this.#links.values()].map((link) => link.publish(local)));
  }

  async unpublish(source: Source): Promise<void> {
    await Promise.all([...this.#links.values()].map((link) => link.unpublish(source)));
  }

  connected(id: ParticipantId): boolean {
    return this.#links.get(id)?.connected ?? false;
  }

  async stats(id: ParticipantId): Promise<RTCStatsReport[]> {
    const link = this.#links.get(id);
    return link === undefined ? [] : [await link.stats()];
  }

  /** W3C statistics of every link, both directions, by whom it leads to. */
  async linkStats(): Promise<Map<ParticipantId, RTCStatsReport>> {
    const reports = [...this.#links].map(async ([id, link]) => [id, await link.stats()] as const);
    return new Map(await Promise.all(reports));
  }

  close(): void {
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.events.removeAllListeners();
  }
}
