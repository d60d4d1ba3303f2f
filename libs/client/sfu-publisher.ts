import type { Device, types } from 'mediasoup-client';
import { kindOfSource, type ProducerId, type Source, type VideoCodec } from '#protocol';
import { encodingsFor, sizeOf, spatialLayersOf, svcMode, type Encoding } from './encodings.ts';
import type { LocalTrack } from './local-media.ts';
import type { SignalingClient } from './signaling-client.ts';
import { START_BITRATE_KBPS } from './start-bitrate.ts';
import { sendingCodec } from './video-codecs.ts';

/** How long a track goes on beside the one that takes its place: until the others have a picture of that one. */
const REPLACED_AFTER_MS = 2000;

/** Silence costs a packet every 400 ms (DTX, RFC 6716 §2.1.9), and what is lost comes again with the next packet (FEC). */
const AUDIO_OPTIONS: Readonly<Partial<Record<Source, types.ProducerCodecOptions>>> = {
  mic: { opusFec: true, opusDtx: true },
  // Music has quiet passages that are not silence.
  'screen-audio': { opusFec: true, opusStereo: true },
};

/** TypeScript's DOM library does not know the second argument yet. */
type ParameterSetter = (
  parameters: RTCRtpSendParameters,
  options?: { encodingOptions: { keyFrame: boolean }[] },
) => Promise<void>;

interface Sent {
  readonly producer: types.Producer;
  readonly local: LocalTrack;
  readonly codec: VideoCodec;
  readonly encodings: readonly Encoding[];
}

export interface Sending {
  readonly device: Device;
  readonly send: types.Transport;
}

export interface PublisherOptions {
  /** What the room sends video in. */
  readonly videoCodec: VideoCodec;
  readonly signaling: Pick<SignalingClient, 'request'>;
  readonly opening: Promise<Sending>;
}

/** What one SFU plane sends. */
export class SfuPublisher {
  readonly #signaling: Pick<SignalingClient, 'request'>;
  readonly #opening: Promise<Sending>;
  readonly #sent = new Map<Source, Sent>();
  readonly #keyFramesDue = new Set<ProducerId>();
  /** The highest layer that is watched, by producer; null: none is. */
  readonly #watched = new Map<ProducerId, number | null>();
  readonly #replaced = new Map<types.Producer, ReturnType<typeof setTimeout>>();
  #videoCodec: VideoCodec;
  #publishing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor({ videoCodec, signaling, opening }: PublisherOptions) {
    this.#videoCodec = videoCodec;
    this.#signaling = signaling;
    this.#opening = opening;
  }

  publish(local: LocalTrack): Promise<void> {
    return this.#inTurn(() => this.#publish(local));
  }

  unpublish(source: Source): Promise<void> {
    return this.#inTurn(() => this.#unpublish(source));
  }

  /** Somebody cannot decode what we send. */
  replace(id: ProducerId, videoCodec: VideoCodec): Promise<void> {
    this.#videoCodec = videoCodec;
    return this.#inTurn(() => this.#replace(id));
  }

  /** Sends a key frame of one of our videos at once, where the browser can (W3C webrtc-extensions, RTCSetParameterOptions). */
  sendKeyFrame(id: ProducerId): void {
    const sent = this.#find(id);
    // The SFU knows the producer a moment before we do.
    if (sent === undefined) this.#keyFramesDue.add(id);
    else if (!sent.producer.paused) this.#setParameters(sent, true);
  }

  /** Encodes only what is watched. */
  setWatched(id: ProducerId, highest: number | null): void {
    this.#watched.set(id, highest);
    const sent = this.#find(id);
    if (sent !== undefined) this.#setParameters(sent, false);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#replaced.values()) clearTimeout(timer);
    this.#replaced.clear();
    this.#sent.clear();
  }

  /** Publishing runs one after another: a source is never produced twice at once. */
  #inTurn(task: () => Promise<void>): Promise<void> {
    const turn = this.#publishing.then(() => (this.#closed ? undefined : task()));
    this.#publishing = turn.catch(() => undefined);
    return turn;
  }

  async #publish(local: LocalTrack): Promise<void> {
    const { source, track, muted } = local;
    const sent = this.#sent.get(source);
    if (sent === undefined) {
      // A camera that is off has given its track up: it is produced with its next one.
      if (track.readyState === 'live') await this.#produce(local);
      return;
    }
    const { producer } = sent;
    this.#sent.set(source, { ...sent, local });
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

  async #produce(local: LocalTrack, replaces?: ProducerId): Promise<void> {
    const { source, track, muted } = local;
    const { device, send } = await this.#opening;
    const codec = sendingCodec(device, this.#videoCodec);
    const encodings = encodingsFor(source, track, codec.name);
    const isVideo = kindOfSource(source) === 'video';
    const producer = await send.produce({
      track,
      // mediasoup-client writes into them.
      encodings: encodings.map((encoding) => ({ ...encoding })),
      codec: isVideo ? codec.capability : undefined,
      codecOptions: isVideo ? { videoGoogleStartBitrate: START_BITRATE_KBPS } : AUDIO_OPTIONS[source],
      stopTracks: false,
      disableTrackOnPause: false,
      zeroRtpOnPause: true,
      appData: { source, muted, replaces, size: isVideo ? sizeOf(track) : undefined },
    });
    if (this.#closed) {
      producer.close();
      return;
    }
    if (muted) producer.pause();
    const sent = { producer, local, codec: codec.name, encodings };
    this.#sent.set(source, sent);
    const id = producer.id as ProducerId;
    const keyFrame = this.#keyFramesDue.delete(id) && !muted;
    if (keyFrame || this.#watched.has(id)) this.#setParameters(sent, keyFrame);
  }

  async #replace(id: ProducerId): Promise<void> {
    const sent = this.#find(id);
    if (sent === undefined || sent.codec === this.#videoCodec) return;
    const { producer, local } = sent;
    if (local.track.readyState !== 'live') {
      // Nothing is sent of it now: it is produced anew with its next track.
      await this.#unpublish(local.source);
      return;
    }
    await this.#produce(local, id);
    const timer = setTimeout(() => void this.#inTurn(() => this.#closeReplaced(producer)), REPLACED_AFTER_MS);
    this.#replaced.set(producer, timer);
  }

  async #unpublish(source: Source): Promise<void> {
    const sent = this.#sent.get(source);
    if (sent === undefined) return;
    this.#sent.delete(source);
    await this.#end(sent.producer);
  }

  async #closeReplaced(producer: types.Producer): Promise<void> {
    this.#replaced.delete(producer);
    await this.#end(producer).catch(() => undefined);
  }

  async #end(producer: types.Producer): Promise<void> {
    const producerId = producer.id as ProducerId;
    this.#watched.delete(producerId);
    producer.close();
    await this.#signaling.request('producer:close', { producerId });
  }

  #find(id: ProducerId): Sent | undefined {
    return [...this.#sent.values()].find(({ producer }) => producer.id === id);
  }

  /** Which layers are encoded, and whether each of them begins anew with a key frame. */
  #setParameters({ producer, encodings }: Sent, keyFrame: boolean): void {
    const sender = producer.rtpSender;
    if (sender === undefined) return;
    const parameters = sender.getParameters();
    const id = producer.id as ProducerId;
    const highest = this.#watched.get(id);
    for (const [layer, encoding] of parameters.encodings.entries()) {
      encoding.active = highest === undefined || (highest !== null && layer <= Math.max(highest, 0));
    }
    const [first] = parameters.encodings;
    if (first !== undefined && parameters.encodings.length === 1) {
      first.active = highest !== null;
      limitSvc(first, encodings[0], highest ?? undefined);
    }
    const setParameters: ParameterSetter = sender.setParameters.bind(sender);
    const options = { encodingOptions: parameters.encodings.map(() => ({ keyFrame })) };
    // Where the browser cannot, the SFU's request by RTCP has to do, and layers that nobody watches go on.
    setParameters(parameters, keyFrame ? options : undefined).catch(() => undefined);
  }
}

/** Fewer layers inside one encoding: a mode of so many, at the size of the highest of them. */
function limitSvc(
  encoding: RTCRtpEncodingParameters & { scalabilityMode?: string },
  full: Encoding | undefined,
  highest: number | undefined,
): void {
  const layers = spatialLayersOf(full?.scalabilityMode);
  if (full === undefined || layers === 1) return;
  const wanted = highest === undefined ? layers : Math.min(highest + 1, layers);
  encoding.scalabilityMode = svcMode(wanted);
  encoding.scaleResolutionDownBy = 2 ** (layers - wanted);
}
