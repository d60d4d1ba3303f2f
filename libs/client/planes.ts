import type { Device } from 'mediasoup-client';
import type {
  ConsumerId,
  ConsumerSetup,
  Epoch,
  IceServer,
  LinkSignal,
  LiveTopology,
  ParticipantId,
  ParticipantInfo,
  PathProof,
  Prepare,
  ProducerId,
  RoomTopology,
  SfuSetup,
  Source,
  Topology,
  VideoCodec,
} from '#protocol';
import { CallError } from './call-error.ts';
import type { RemoteParticipantView } from './call-snapshot.ts';
import { HandoverMeter } from './handover-meter.ts';
import { LinkWatch } from './link-watch.ts';
import type { LocalMedia, LocalTrack } from './local-media.ts';
import type { MediaPlane, RemoteTrack } from './media-plane.ts';
import { MeshPlane } from './mesh-plane.ts';
import { PathProver, type SwitchRule } from './path-prover.ts';
import { readFigures, type PathReport } from './path-report.ts';
import { RemoteParticipant } from './remote-participant.ts';
import { SfuPlane } from './sfu-plane.ts';
import type { SignalingClient } from './signaling-client.ts';
import { VideoDemands } from './video-demands.ts';

const NO_TRACKS: ReadonlyMap<Source, RemoteTrack> = new Map();

export interface PlanesOptions {
  readonly signaling: SignalingClient;
  readonly local: LocalMedia;
  readonly rule: SwitchRule;
  /** Whether of the others' videos only so much is asked for as is seen. */
  readonly adaptive: boolean;
  readonly changed: () => void;
}

interface Context {
  readonly device: Promise<Device>;
  readonly iceServers: readonly IceServer[];
  readonly joinedSeq: number;
}

interface Beginning extends Context {
  readonly topology: RoomTopology;
  readonly others: readonly ParticipantInfo[];
}

/** The planes of a call, one of them live, and which of them shows each of the others: the client's half of the handover. */
export class Planes {
  readonly #signaling: SignalingClient;
  readonly #local: LocalMedia;
  readonly #rule: SwitchRule;
  readonly #changed: () => void;
  readonly #planes = new Map<Epoch, MediaPlane>();
  readonly #participants = new Map<ParticipantId, RemoteParticipant>();
  readonly #provers = new Map<ParticipantId, PathProver>();
  readonly meter: HandoverMeter;
  readonly demands: VideoDemands;
  readonly #linkWatch: LinkWatch;
  readonly #drains = new Map<Epoch, ReturnType<typeof setTimeout>>();
  #context: Context | null = null;
  #candidate: Epoch | null = null;

  constructor({ signaling, local, rule, adaptive, changed }: PlanesOptions) {
    this.#signaling = signaling;
    this.#local = local;
    this.#rule = rule;
    this.#changed = changed;
    this.demands = new VideoDemands(adaptive, (id, source) => {
      for (const plane of this.#sfus()) plane.demandChanged(id, source);
    });
    this.meter = new HandoverMeter({
      heard: () => new Map([...this.#participants.values()].map((one) => [one.id, one.heard])),
      report: (report) => this.#tell(this.#signaling.request('handover:report', report)),
    });
    this.#linkWatch = new LinkWatch((epoch, conditions) =>
      this.#tell(this.#signaling.request('link:report', { epoch, ...conditions })),
    );
  }

  views(): RemoteParticipantView[] {
    return [...this.#participants.values()].map((participant) => participant.view());
  }

  /** After a join: builds the planes that this participant takes part in. */
  begin({ topology, others, ...context }: Beginning): void {
    this.#context = context;
    this.meter.start();
    for (const info of others) this.#participants.set(info.id, new RemoteParticipant(info));
    const { live, sfu, handover, epochs } = topology;
    if (epochs.includes(live.epoch)) this.#open(live.topology, live.epoch, sfu);
    this.#goOnWith(live.epoch);
    if (handover !== null) this.prepare(handover);
  }

  prepare({ epoch, target, sfu }: Prepare): void {
    this.#candidate = epoch;
    this.#linkWatch.pause();
    for (const plane of this.#sfus()) plane.follow('only-more');
    this.meter.begun(epoch);
    if (this.#rule === 'break-first') for (const old of this.#planes.keys()) this.#close(old);
    const plane = this.#open(target, epoch, sfu);
    for (const id of this.#participants.keys()) this.#prove(id, plane);
  }

  settle({ epoch, topology }: LiveTopology, drainMs: number): void {
    this.#stopProving();
    this.#goOnWith(epoch);
    if (!this.#planes.has(epoch)) return;
    for (const participant of this.#participants.values())
      this.#switch(participant, epoch, topology, 'best-effort');
    this.meter.ended(epoch);
    for (const old of this.#planes.keys()) if (old !== epoch) this.#drain(old, drainMs);
  }

  abort(epoch: Epoch, live: LiveTopology, drainMs: number): void {
    this.#stopProving();
    if (this.#planes.has(live.epoch)) {
      for (const participant of this.#participants.values())
        this.#switch(participant, live.epoch, live.topology, 'best-effort');
    }
    // The others may show what they get of us in the plane that is given up, until they have heard of it.
    if (drainMs === 0) this.#close(epoch);
    else this.#drain(epoch, drainMs);
    this.#goOnWith(live.epoch);
    this.meter.ended(epoch);
  }

  addParticipant(info: ParticipantInfo, epochs: readonly Epoch[]): void {
    this.#participants.set(info.id, new RemoteParticipant(info));
    for (const epoch of epochs) {
      const plane = this.#planes.get(epoch);
      if (plane === undefined) continue;
      plane.addParticipant(info);
      if (epoch === this.#candidate) this.#prove(info.id, plane);
    }
    this.#changed();
  }

  updateParticipant(info: ParticipantInfo): void {
    this.#participants.get(info.id)?.update(info);
  }

  removeParticipant(id: ParticipantId): void {
    this.#stopProver(id);
    this.#participants.delete(id);
    this.meter.forget(id);
    this.demands.forget(id);
    for (const plane of this.#planes.values()) plane.removeParticipant(id);
    this.#changed();
  }

  async publish(local: LocalTrack): Promise<void> {
    await Promise.all([...this.#planes.values()].map((plane) => plane.publish(local)));
  }

  async unpublish(source: Source): Promise<void> {
    await Promise.all([...this.#planes.values()].map((plane) => plane.unpublish(source)));
  }

  receiveSignal(from: ParticipantId, epoch: Epoch, signal: LinkSignal): void {
    const plane = this.#planes.get(epoch);
    if (plane instanceof MeshPlane) plane.receive(from, signal);
  }

  /** For a plane that was closed while the offer was on its way nothing is built, and nobody is to blame. */
  createConsumer(setup: ConsumerSetup): Promise<void> {
    const plane = this.#planes.get(setup.epoch);
    return plane instanceof SfuPlane ? plane.createConsumer(setup) : Promise.resolve();
  }

  sendKeyFrame(id: ProducerId): void {
    for (const plane of this.#sfus()) plane.sendKeyFrame(id);
  }

  setWatched(id: ProducerId, highest: number | null): void {
    for (const plane of this.#sfus()) plane.setWatched(id, highest);
  }

  replaceProducer(id: ProducerId, videoCodec: VideoCodec): void {
    for (const plane of this.#sfus()) {
      plane.replace(id, videoCodec).catch((error: unknown) => {
        if (!(error instanceof CallError)) throw error;
      });
    }
  }

  closeConsumer(id: ConsumerId): void {
    for (const plane of this.#sfus()) plane.closeConsumer(id);
  }

  report(): Promise<PathReport[]> {
    return Promise.all(
      [...this.#participants.values()].map(async (participant) => {
        const { id, displayName, path } = participant.view();
        const plane = participant.liveEpoch === null ? undefined : this.#planes.get(participant.liveEpoch);
        const figures = readFigures(plane === undefined ? [] : await plane.stats(id));
        return { participantId: id, displayName, path, ...figures };
      }),
    );
  }

  /** Closes everything and forgets everybody. */
  reset(): void {
    this.#stopProving();
    this.#linkWatch.stop();
    for (const epoch of this.#planes.keys()) this.#close(epoch);
    for (const id of this.#participants.keys()) this.demands.forget(id);
    this.#participants.clear();
    this.meter.close();
    this.#context = null;
  }

  #open(topology: Topology, epoch: Epoch, setup: SfuSetup | null): MediaPlane {
    const plane = this.#make(topology, epoch, setup);
    this.#planes.set(epoch, plane);
    plane.events.on('track', ({ participantId, source, remote }) => {
      this.#participants.get(participantId)?.setTrack(epoch, topology, source, remote);
      this.#changed();
    });
    plane.events.on('failed', ({ participantId, cause }) => this.#failed(epoch, participantId, cause));
    for (const { info } of this.#participants.values()) plane.addParticipant(info);
    for (const local of this.#local.picturesFirst) {
      plane.publish(local).catch((error: unknown) => {
        if (this.#planes.get(epoch) !== plane) return;
        this.#failed(epoch, null, error instanceof Error ? error.message : 'publishing failed');
      });
    }
    return plane;
  }

  #make(topology: Topology, epoch: Epoch, setup: SfuSetup | null): MediaPlane {
    const context = this.#context;
    if (context === null) throw new CallError('CALL_ENDED', 'the call has ended', false);
    const { iceServers, device, joinedSeq } = context;
    if (topology === 'mesh') {
      const send = (to: ParticipantId, signal: LinkSignal): void => {
        this.#tell(this.#signaling.request('link:signal', { to, epoch, signal }));
      };
      return new MeshPlane({ epoch, iceServers, joinedSeq, local: this.#local, send });
    }
    if (setup === null) throw new CallError('INTERNAL', 'expected transports with an SFU epoch', false);
    const { demands } = this;
    return new SfuPlane({ epoch, device, setup, iceServers, signaling: this.#signaling, demands });
  }

  #prove(id: ParticipantId, plane: MediaPlane): void {
    const participant = this.#participants.get(id);
    if (participant === undefined) return;
    const { epoch, topology } = plane;
    const before = participant.liveEpoch;
    const prover = new PathProver({
      rule: this.#rule,
      participant: () => participant.info,
      candidate: () => participant.tracks(epoch),
      live: () => (before === null ? NO_TRACKS : participant.tracks(before)),
      connected: () => plane.connected(id),
      proven: (proof) => {
        this.#switch(participant, epoch, topology, proof);
        this.#stopProver(id);
        this.#changed();
        this.#tell(this.#signaling.request('path:switched', { epoch, participantId: id, proof }));
      },
    });
    this.#stopProver(id);
    this.#provers.set(id, prover);
  }

  #switch(participant: RemoteParticipant, epoch: Epoch, topology: Topology, proof: PathProof): void {
    if (participant.liveEpoch === epoch) return;
    const before = participant.heard;
    participant.switchTo(epoch, topology);
    this.meter.switched(participant.id, epoch, proof, before, participant.heard);
  }

  #failed(epoch: Epoch, participantId: ParticipantId | null, cause: string): void {
    if (!this.#planes.has(epoch) || this.#drains.has(epoch)) return;
    const concerned = participantId === null ? [...this.#participants.keys()] : [participantId];
    for (const id of concerned) {
      this.#tell(
        this.#signaling.request('path:failed', {
          epoch,
          participantId: id,
          reason: cause.slice(0, 200) || 'failed',
        }),
      );
    }
  }

  /** A report that comes too late is refused, and then does not matter any more. */
  #tell(request: Promise<unknown>): void {
    request.catch((error: unknown) => {
      if (!(error instanceof CallError)) throw error;
    });
  }

  #stopProver(id: ParticipantId): void {
    this.#provers.get(id)?.stop();
    this.#provers.delete(id);
  }

  #stopProving(): void {
    for (const id of this.#provers.keys()) this.#stopProver(id);
    this.#candidate = null;
  }

  /** No handover is under way: the live plane's links are watched, or its videos asked for as they are seen. */
  #goOnWith(live: Epoch): void {
    const plane = this.#planes.get(live);
    if (plane instanceof SfuPlane) plane.follow('demand');
    if (plane instanceof MeshPlane) this.#linkWatch.watch(plane);
    else this.#linkWatch.stop();
  }

  #drain(epoch: Epoch, drainMs: number): void {
    if (this.#drains.has(epoch) || !this.#planes.has(epoch)) return;
    this.#drains.set(
      epoch,
      setTimeout(() => this.#close(epoch), drainMs),
    );
  }

  #close(epoch: Epoch): void {
    clearTimeout(this.#drains.get(epoch));
    this.#drains.delete(epoch);
    this.#planes.get(epoch)?.close();
    this.#planes.delete(epoch);
    for (const participant of this.#participants.values()) participant.dropPath(epoch);
  }

  *#sfus(): Iterable<SfuPlane> {
    for (const plane of this.#planes.values()) if (plane instanceof SfuPlane) yield plane;
  }
}
