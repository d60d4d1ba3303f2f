import type { Device, types } from 'mediasoup-client';
import { Emitter } from '#kernel';
import type {
  ConsumerId,
  ConsumerSetup,
  Epoch,
  IceServer,
  ParticipantId,
  ProducerId,
  RtpCapabilities,
  RtpParameters,
  SfuSetup,
  Source,
  TransportId,
  TransportSetup,
  VideoCodec,
  VideoSize,
} from '#protocol';
import { AdaptiveStream, type AdaptiveMode } from './adaptive-stream.ts';
import { CallError } from './call-error.ts';
import { spatialLayersOf } from './encodings.ts';
import type { LocalTrack } from './local-media.ts';
import type { MediaPlane, PlaneEvents } from './media-plane.ts';
import { SfuPublisher } from './sfu-publisher.ts';
import type { SignalingClient } from './signaling-client.ts';
import type { VideoDemands } from './video-demands.ts';

export interface SfuPlaneOptions {
  readonly epoch: Epoch;
  readonly device: Promise<Device>;
  readonly setup: SfuSetup;
  readonly iceServers: readonly IceServer[];
  readonly signaling: Pick<SignalingClient, 'request'>;
  /** How much is seen of each of the others' videos. */
  readonly demands: VideoDemands;
}

interface Transports {
  readonly device: Device;
  readonly send: types.Transport;
  readonly recv: types.Transport;
}

interface Received {
  readonly consumer: types.Consumer;
  readonly participantId: ParticipantId;
  readonly source: Source;
}

/** A consumer that is not received yet. Whoever closes it takes it out of the map, and it is closed as soon as it stands. */
interface Building {
  readonly participantId: ParticipantId;
  readonly done: Promise<void>;
}

/** One transport to send on, one to receive on, for all the others together. */
export class SfuPlane implements MediaPlane {
  readonly topology = 'sfu';
  readonly epoch: Epoch;
  readonly events = new Emitter<PlaneEvents>();
  readonly #signaling: Pick<SignalingClient, 'request'>;
  readonly #opening: Promise<Transports>;
  #transports: Transports | undefined;
  readonly #publisher: SfuPublisher;
  readonly #adaptive: AdaptiveStream;
  readonly #received = new Map<string, Received>();
  readonly #building = new Map<string, Building>();
  #closed = false;

  constructor(options: SfuPlaneOptions) {
    this.epoch = options.epoch;
    this.#signaling = options.signaling;
    this.#adaptive = new AdaptiveStream(options.signaling, options.demands);
    this.#opening = this.#open(options);
    this.#publisher = new SfuPublisher({
      videoCodec: options.setup.videoCodec,
      signaling: options.signaling,
      opening: this.#opening,
    });
    this.#opening.catch((error: unknown) => this.#lost(error));
  }

  // Who is there is told by the consumers: the SFU sends nothing for anybody else.
  addParticipant(): void {}

  removeParticipant(id: ParticipantId): void {
    for (const { consumer, participantId } of this.#received.values()) {
      if (participantId === id) this.closeConsumer(consumer.id);
    }
    for (const [consumerId, { participantId }] of this.#building) {
      if (participantId === id) this.closeConsumer(consumerId);
    }
  }

  publish(local: LocalTrack): Promise<void> {
    return this.#publisher.publish(local);
  }

  unpublish(source: Source): Promise<void> {
    return this.#publisher.unpublish(source);
  }

  /** The server has a track for us. May be told twice: once it stands, or is being built, nothing more happens. */
  async createConsumer(setup: ConsumerSetup): Promise<void> {
    if (this.#closed || this.#received.has(setup.consumerId)) return;
    const { consumerId, participantId } = setup;
    const building = this.#building.get(consumerId) ?? { participantId, done: this.#build(setup) };
    this.#building.set(consumerId, building);
    try {
      await building.done;
    } catch (error) {
      // Nobody is to blame for a plane that was closed in the middle.
      if (!this.#closed) throw error;
    } finally {
      this.#building.delete(consumerId);
    }
  }

  sendKeyFrame(id: ProducerId): void {
    this.#publisher.sendKeyFrame(id);
  }

  /** Which layers of one of our videos are watched: up to the highest, or (null) none. */
  setWatched(id: ProducerId, highest: number | null): void {
    this.#publisher.setWatched(id, highest);
  }

  /** Somebody cannot decode one of our videos. */
  replace(id: ProducerId, videoCodec: VideoCodec): Promise<void> {
    return this.#publisher.replace(id, videoCodec);
  }

  /** How much of the others' videos is asked for. */
  follow(mode: AdaptiveMode): void {
    this.#adaptive.follow(mode);
  }

  /** What is seen of that video may be another thing now. */
  demandChanged(id: ParticipantId, source: Source): void {
    this.#adaptive.changed(id, source);
  }

  closeConsumer(id: string): void {
    this.#building.delete(id);
    const received = this.#received.get(id);
    if (received === undefined) return;
    this.#received.delete(id);
    this.#adaptive.remove(received.consumer.id as ConsumerId);
    received.consumer.close();
    // Another one may have taken its place already.
    const { participantId, source } = received;
    for (const other of this.#received.values())
      if (other.participantId === participantId && other.source === source) return;
    this.events.emit('track', { participantId, source, remote: null });
  }

  connected(): boolean {
    const { send, recv } = this.#transports ?? {};
    return recv?.connectionState === 'connected' || send?.connectionState === 'connected';
  }

  stats(id: ParticipantId): Promise<RTCStatsReport[]> {
    const own = [...this.#received.values()].filter(({ participantId }) => participantId === id);
    return Promise.all(own.map(({ consumer }) => consumer.getStats()));
  }

  close(): void {
    this.#closed = true;
    this.#transports?.send.close();
    this.#transports?.recv.close();
    this.#publisher.close();
    this.#adaptive.close();
    this.#received.clear();
    this.events.removeAllListeners();
  }

  async #build({
    consumerId: id,
    producerId,
    kind,
    rtpParameters,
    participantId,
    source,
    size,
  }: ConsumerSetup): Promise<void> {
    const { recv } = await this.#opening;
    const consumer = await recv.consume({
      id,
      producerId,
      kind,
      rtpParameters: rtpParameters as types.RtpParameters,
      // Tracks of one stream are played in step: the microphone with the camera, the screen with its sound.
      streamId: `${participantId}-${source === 'mic' || source === 'camera' ? 'person' : 'screen'}`,
    });
    if (!this.#building.has(id)) {
      consumer.close();
      return;
    }
    this.#received.set(id, { consumer, participantId, source });
    if (kind === 'video') {
      const spatialLayers = spatialLayersOf(rtpParameters.encodings?.[0]?.scalabilityMode);
      this.#adaptive.add({ consumerId: id, participantId, source, spatialLayers, size });
    }
    const { track, rtpReceiver: receiver } = consumer;
    if (receiver !== undefined)
      this.events.emit('track', { participantId, source, remote: { track, receiver } });
  }

  async #open({ device: loading, setup, iceServers }: SfuPlaneOptions): Promise<Transports> {
    const device = await loading;
    if (this.#closed) throw new CallError('CALL_ENDED', 'the plane was closed before it opened', false);
    const optionsOf = ({
      id,
      iceParameters,
      iceCandidates,
      dtlsParameters,
    }: TransportSetup): types.TransportOptions => ({
      id,
      iceParameters,
      iceCandidates,
      dtlsParameters,
      iceServers: [...iceServers],
    });
    const { sendTransport, recvTransport } = setup;
    const send = this.#watch(device.createSendTransport(optionsOf(sendTransport)), sendTransport.id);
    const recv = this.#watch(device.createRecvTransport(optionsOf(recvTransport)), recvTransport.id);
    this.#transports = { device, send, recv };
    send.on('produce', ({ kind, rtpParameters, appData }, done, refused) => {
      const { source, muted, size, replaces } = appData as {
        source: Source;
        muted: boolean;
        size: VideoSize | undefined;
        replaces: ProducerId | undefined;
      };
      this.#signaling
        .request('producer:create', {
          transportId: sendTransport.id,
          source,
          kind,
          rtpParameters: rtpParameters as RtpParameters,
          paused: muted,
          size,
          replaces,
        })
        .then(({ producerId }) => done({ id: producerId }), refused);
    });
    this.#signaling
      .request('transport:receive', {
        transportId: recvTransport.id,
        rtpCapabilities: device.recvRtpCapabilities as RtpCapabilities,
      })
      .catch((error: unknown) => this.#lost(error));
    return this.#transports;
  }

  #lost(error: unknown): void {
    if (this.#closed) return;
    const cause = error instanceof Error ? error.message : 'the SFU cannot be reached';
    this.events.emit('failed', { participantId: null, cause });
  }

  #watch(transport: types.Transport, transportId: TransportId): types.Transport {
    transport.on('connect', ({ dtlsParameters }, done, refused) => {
      this.#signaling.request('transport:connect', { transportId, dtlsParameters }).then(done, refused);
    });
    transport.on('connectionstatechange', (state) => {
      if (state === 'failed' || state === 'disconnected') void this.#restartIce(transport, transportId);
    });
    return transport;
  }

  async #restartIce(transport: types.Transport, transportId: TransportId): Promise<void> {
    try {
      const { iceParameters } = await this.#signaling.request('transport:restart-ice', { transportId });
      if (!this.#closed) await transport.restartIce({ iceParameters });
    } catch (error) {
      this.#lost(error);
    }
  }
}
