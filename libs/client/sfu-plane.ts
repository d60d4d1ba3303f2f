import type { Device, types } from 'mediasoup-client';
import { Emitter } from '#kernel';
import {
  kindOfSource,
  type ConsumerSetup,
  type Epoch,
  type IceServer,
  type ParticipantId,
  type ProducerId,
  type RtpParameters,
  type SfuSetup,
  type Source,
  type TransportId,
  type TransportSetup,
} from '#protocol';
import { encodingsFor } from './encodings.ts';
import type { LocalTrack } from './local-media.ts';
import type { MediaPlane, PlaneEvents } from './media-plane.ts';
import type { SignalingClient } from './signaling-client.ts';

export interface SfuPlaneOptions {
  readonly epoch: Epoch;
  readonly device: Device;
  readonly setup: SfuSetup;
  readonly iceServers: readonly IceServer[];
  readonly signaling: Pick<SignalingClient, 'request'>;
}

interface Received {
  readonly consumer: types.Consumer;
  readonly participantId: ParticipantId;
  readonly source: Source;
}

/** One transport to send on, one to receive on, for all the others together. */
export class SfuPlane implements MediaPlane {
  readonly topology = 'sfu';
  readonly epoch: Epoch;
  readonly events = new Emitter<PlaneEvents>();
  readonly #signaling: Pick<SignalingClient, 'request'>;
  readonly #send: types.Transport;
  readonly #recv: types.Transport;
  readonly #producers = new Map<Source, types.Producer>();
  readonly #received = new Map<string, Received>();
  #publishing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor({ epoch, device, setup, iceServers, signaling }: SfuPlaneOptions) {
    this.epoch = epoch;
    this.#signaling = signaling;
    const options = ({
      id,
      iceParameters,
      iceCandidates,
      dtlsParameters,
    }: TransportSetup): types.TransportOptions => ({
      id,
      iceParameters,
      iceCandidates: iceCandidates,
      dtlsParameters: dtlsParameters,
      iceServers: [...iceServers],
    });
    this.#send = this.#watch(
      device.createSendTransport(options(setup.sendTransport)),
      setup.sendTransport.id,
    );
    this.#recv = this.#watch(
      device.createRecvTransport(options(setup.recvTransport)),
      setup.recvTransport.id,
    );
    this.#send.on('produce', ({ kind, rtpParameters, appData }, done, refused) => {
      const { source, muted } = appData as { source: Source; muted: boolean };
      signaling
        .request('producer:create', {
          transportId: setup.sendTransport.id,
          source,
          kind,
          rtpParameters: rtpParameters as RtpParameters,
          paused: muted,
        })
        .then(({ producerId }) => done({ id: producerId }), refused);
    });
  }

  // Who is there is told by the consumers: the SFU sends nothing for anybody else.
  addParticipant(): void {}

  removeParticipant(id: ParticipantId): void {
    for (const { consumer, participantId } of this.#received.values()) {
      if (participantId === id) this.closeConsumer(consumer.id);
    }
  }

  publish(local: LocalTrack): Promise<void> {
    return this.#inTurn(() => this.#publish(local));
  }

  unpublish(source: Source): Promise<void> {
    return this.#inTurn(() => this.#unpublish(source));
  }

  /** The server has a track for us. May be told twice. */
  async createConsumer(setup: ConsumerSetup): Promise<void> {
    if (this.#closed || this.#received.has(setup.consumerId)) return;
    const { consumerId: id, producerId, kind, rtpParameters, participantId, source } = setup;
    const consumer = await this.#recv.consume({
      id,
      producerId,
      kind,
      rtpParameters: rtpParameters as types.RtpParameters,
      // Tracks of one stream are played in step: the microphone with the camera, the screen with its sound.
      streamId: `${participantId}-${source === 'mic' || source === 'camera' ? 'person' : 'screen'}`,
    });
    this.#received.set(id, { consumer, participantId, source });
    this.events.emit('track', { participantId, source, track: consumer.track });
  }

  closeConsumer(id: string): void {
    const received = this.#received.get(id);
    if (received === undefined) return;
    this.#received.delete(id);
    received.consumer.close();
    this.events.emit('track', {
      participantId: received.participantId,
      source: received.source,
      track: null,
    });
  }

  connected(): boolean {
    return this.#recv.connectionState === 'connected' || this.#send.connectionState === 'connected';
  }

  stats(id: ParticipantId): Promise<RTCStatsReport[]> {
    const own = [...this.#received.values()].filter(({ participantId }) => participantId === id);
    return Promise.all(own.map(({ consumer }) => consumer.getStats()));
  }

  close(): void {
    this.#closed = true;
    this.#send.close();
    this.#recv.close();
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
      await this.#produce(local);
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
    const producer = await this.#send.produce({
      track,
      encodings: encodingsFor(source, track),
      ...(kindOfSource(source) === 'audio' ? { codecOptions: { opusFec: true } } : {}),
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
  }

  async #unpublish(source: Source): Promise<void> {
    const producer = this.#producers.get(source);
    if (producer === undefined) return;
    this.#producers.delete(source);
    producer.close();
    await this.#signaling.request('producer:close', { producerId: producer.id });
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
      if (this.#closed) return;
      const cause = error instanceof Error ? error.message : 'the transport was lost';
      this.events.emit('failed', { participantId: null, cause });
    }
  }
}
