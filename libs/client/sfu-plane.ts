import type { Device, types } from 'mediasoup-client';
import { Emitter } from '#kernel';
import {
  kindOfSource,
  type ConsumerSetup,
  type Epoch,
  type IceServer,
  type ParticipantId,
  type ProducerId,
  type RtpCapabilities,
  type RtpParameters,
  type SfuSetup,
  type Source,
  type TransportId,
  type TransportSetup,
} from '#protocol';
import { CallError } from './call-error.ts';
import { encodingsFor } from './encodings.ts';
import type { LocalTrack } from './local-media.ts';
import type { MediaPlane, PlaneEvents } from './media-plane.ts';
import type { SignalingClient } from './signaling-client.ts';

export interface SfuPlaneOptions {
  readonly epoch: Epoch;
  readonly device: Promise<Device>;
  readonly setup: SfuSetup;
  readonly iceServers: readonly IceServer[];
  readonly signaling: Pick<SignalingClient, 'request'>;
}

/**
 * What Chromium takes the uplink for until it has measured it. From its own 300 kbit/s it needs seconds until the highest layer flows, and
 * a handover would have to wait for that.
 */
const START_BITRATE_KBPS = 1200;

interface Transports {
  readonly send: types.Transport;
  readonly recv: types.Transport;
}

/** TypeScript's DOM library does not know the second argument yet. */
type KeyFrameSetter = (
  parameters: RTCRtpSendParameters,
  options: { encodingOptions: { keyFrame: boolean }[] },
) => Promise<void>;

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
  readonly #producers = new Map<Source, types.Producer>();
  readonly #keyFramesDue = new Set<ProducerId>();
  readonly #received = new Map<string, Received>();
  readonly #building = new Map<string, Building>();
  #publishing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: SfuPlaneOptions) {
    this.epoch = options.epoch;
    this.#signaling = options.signaling;
    this.#opening = this.#open(options);
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
    return this.#inTurn(() => this.#publish(local));
  }

  unpublish(source: Source): Promise<void> {
    return this.#inTurn(() => this.#unpublish(source));
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

  /** Sends a key frame of one of our videos at once, where the browser can (W3C webrtc-extensions, RTCSetParameterOptions). */
  sendKeyFrame(id: ProducerId): void {
    const producer = [...this.#producers.values()].find((one) => one.id === id);
    // The SFU knows the producer a moment before we do.
    if (producer === undefined) this.#keyFramesDue.add(id);
    const sender = producer?.rtpSender;
    if (sender === undefined || producer?.paused === true) return;
    const parameters = sender.getParameters();
    const options = { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) };
    const setParameters: KeyFrameSetter = sender.setParameters.bind(sender);
    // Where it cannot, the SFU's request by RTCP has to do.
    setParameters(parameters, options).catch(() => undefined);
  }

  closeConsumer(id: string): void {
    this.#building.delete(id);
    const received = this.#received.get(id);
    if (received === undefined) return;
    this.#received.delete(id);
    received.consumer.close();
    this.events.emit('track', {
      participantId: received.participantId,
      source: received.source,
      remote: null,
    });
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
    this.#producers.clear();
    this.#received.clear();
    this.events.removeAllListeners();
  }

  /** Publishing runs one after another: a source is never produced twice at once. */
  #inTurn(task: () => Promise<void>): Promise<void> {
    const turn = this.#publishing.then(() => (this.#closed ? undefined : task()));
    this.#publishing = turn.catch(() => undefined);
    return turn;
  }

  async #publish(local: LocalTrack): Promise<void> {
    const { source, track, muted } = local;
    const producer = this.#producers.get(source);
    if (producer === undefined) {
      // A camera that is off has given its track up: it is produced with its next one.
      if (track.readyState === 'live') await this.#produce(local);
      return;
    }
    if (producer.track !== track) await producer.replaceTrack({ track });
    if (muted === producer.paused) return;
    const producerId = producer.id as ProducerId;
    if (muted) {
      producer.pause();
      await this.#signaling.request('producer:pause', { producerId });
    } else {
      producer.resume();
      await this.#signaling.request('producer:resume', { producerId });
    }
  }

  async #produce({ source, track, muted }: LocalTrack): Promise<void> {
    const { send } = await this.#opening;
    const producer = await send.produce({
      track,
      encodings: encodingsFor(source, track),
      codecOptions:
        kindOfSource(source) === 'audio'
          ? { opusFec: true }
          : { videoGoogleStartBitrate: START_BITRATE_KBPS },
      stopTracks: false,
      disableTrackOnPause: false,
      zeroRtpOnPause: true,
      appData: { source, muted },
    });
    if (this.#closed) {
      producer.close();
      return;
    }
    if (muted) producer.pause();
    this.#producers.set(source, producer);
    const id = producer.id as ProducerId;
    if (this.#keyFramesDue.delete(id)) this.sendKeyFrame(id);
  }

  async #unpublish(source: Source): Promise<void> {
    const producer = this.#producers.get(source);
    if (producer === undefined) return;
    this.#producers.delete(source);
    producer.close();
    await this.#signaling.request('producer:close', { producerId: producer.id });
  }

  async #build({
    consumerId: id,
    producerId,
    kind,
    rtpParameters,
    participantId,
    source,
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
    this.#transports = { send, recv };
    send.on('produce', ({ kind, rtpParameters, appData }, done, refused) => {
      const { source, muted } = appData as { source: Source; muted: boolean };
      this.#signaling
        .request('producer:create', {
          transportId: sendTransport.id,
          source,
          kind,
          rtpParameters: rtpParameters as RtpParameters,
          paused: muted,
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
