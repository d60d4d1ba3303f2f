import { Emitter, TaskQueue } from '#kernel';
import { kindOfSource, type IceServer, type LinkSignal, type Source } from '#protocol';
import type { LocalTrack } from './local-media.ts';
import type { RemoteTrack } from './media-plane.ts';
import { withStartBitrate } from './start-bitrate.ts';

export interface LinkEvents {
  signal: LinkSignal;
  track: { readonly source: Source; readonly remote: RemoteTrack };
  failed: { readonly cause: string };
}

export interface LinkOptions {
  readonly iceServers: readonly IceServer[];
  /** Of the two ends one makes the first offer and is impolite, the other waits for it and gives way (W3C WebRTC 1.0 §10.7). */
  readonly offers: boolean;
  readonly local: readonly LocalTrack[];
}

/** Sections that the first offer always has, so that the answer can send as well without a second round. */
const FIRST_SOURCES: readonly Source[] = ['mic', 'camera'];

/**
 * How long a link may take to connect, once both ends have spoken. Browsers do not say that there is no route: with no candidate on one
 * side ICE never fails. Shorter than the server's deadline towards mesh (5 s), which could not say why.
 */
const CONNECT_MS = 4000;

/** How long a link that lost its connection may take to find another way. */
const RECOVERY_MS = 8000;

/** One peer connection between two participants, negotiated perfectly (W3C WebRTC 1.0 §10.7). */
export class MeshLink {
  readonly events = new Emitter<LinkEvents>();
  readonly #connection: RTCPeerConnection;
  readonly #polite: boolean;
  readonly #inbox = new TaskQueue();
  readonly #sections = new Map<Source, RTCRtpTransceiver>();
  readonly #local = new Map<Source, LocalTrack>();
  #remoteSources: Readonly<Record<string, Source>> = {};
  #negotiates: boolean;
  #makingOffer = false;
  #ignoringOffer = false;
  #settingRemoteAnswer = false;
  #connecting: ReturnType<typeof setTimeout> | undefined;
  #recovery: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor({ iceServers, offers, local }: LinkOptions) {
    this.#polite = !offers;
    this.#negotiates = offers;
    for (const one of local) this.#local.set(one.source, one);
    this.#connection = new RTCPeerConnection({ iceServers: [...iceServers], bundlePolicy: 'max-bundle' });
    this.#connection.addEventListener('negotiationneeded', () => void this.#offer());
    this.#connection.addEventListener('icecandidate', ({ candidate }) =>
      this.events.emit('signal', {
        type: 'candidate',
        candidate: candidate === null ? null : { ...candidate.toJSON(), candidate: candidate.candidate },
      }),
    );
    this.#connection.addEventListener('track', ({ track, receiver, transceiver }) => {
      const source = this.#remoteSources[transceiver.mid ?? ''];
      if (source !== undefined) this.events.emit('track', { source, remote: { track, receiver } });
    });
    this.#connection.addEventListener('connectionstatechange', () => this.#followConnection());
    if (offers) {
      for (const source of new Set([...FIRST_SOURCES, ...this.#local.keys()])) this.#addSection(source);
    }
  }

  get connected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  async publish(local: LocalTrack): Promise<void> {
    this.#local.set(local.source, local);
    const section = this.#sections.get(local.source);
    if (section === undefined) {
      // The end that waits for the first offer attaches its tracks to that offer's sections.
      if (this.#negotiates) this.#addSection(local.source);
      return;
    }
    section.direction = 'sendrecv';
    await section.sender.replaceTrack(local.muted ? null : local.track);
  }

  async unpublish(source: Source): Promise<void> {
    this.#local.delete(source);
    await this.#sections.get(source)?.sender.replaceTrack(null);
  }

  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  receive(signal: LinkSignal): void {
    this.#inbox
      .run(() =>
        signal.type === 'description' ? this.#describe(signal) : this.#addCandidate(signal.candidate),
      )
      .catch((error: unknown) => {
        if (!this.#closed)
          this.events.emit('failed', { cause: error instanceof Error ? error.message : 'negotiation' });
      });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#connecting);
    clearTimeout(this.#recovery);
    this.#connection.close();
    this.events.removeAllListeners();
  }

  #addSection(source: Source): void {
    const local = this.#local.get(source);
    const track = local === undefined || local.muted ? kindOfSource(source) : local.track;
    this.#sections.set(source, this.#connection.addTransceiver(track, { direction: 'sendrecv' }));
  }

  async #offer(): Promise<void> {
    if (!this.#negotiates || this.#closed) return;
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      this.#sendDescription();
    } catch (error) {
      if (!this.#closed)
        this.events.emit('failed', { cause: error instanceof Error ? error.message : 'offer' });
    } finally {
      this.#makingOffer = false;
    }
  }

  async #describe({ description, sources }: Extract<LinkSignal, { type: 'description' }>): Promise<void> {
    if (this.#closed) return;
    const readyForOffer =
      !this.#makingOffer && (this.#connection.signalingState === 'stable' || this.#settingRemoteAnswer);
    const collides = description.type === 'offer' && !readyForOffer;
    this.#ignoringOffer = !this.#polite && collides;
    if (this.#ignoringOffer) return;
    this.#remoteSources = sources;
    this.#settingRemoteAnswer = description.type === 'answer';
    try {
      const { type, sdp } = description;
      await this.#connection.setRemoteDescription({ type, sdp: sdp && withStartBitrate(sdp) });
    } finally {
      this.#settingRemoteAnswer = false;
    }
    this.#expectConnection();
    if (description.type !== 'offer' || this.#closed) return;
    await this.#attachToOffer(sources);
    await this.#connection.setLocalDescription();
    this.#sendDescription();
    this.#negotiates = true;
    for (const source of this.#local.keys()) if (!this.#sections.has(source)) this.#addSection(source);
  }

  /** Sends our tracks in the sections that the other end has offered. */
  async #attachToOffer(sources: Readonly<Record<string, Source>>): Promise<void> {
    for (const transceiver of this.#connection.getTransceivers()) {
      const source = sources[transceiver.mid ?? ''];
      if (source === undefined || this.#sections.get(source) === transceiver) continue;
      this.#sections.set(source, transceiver);
      transceiver.direction = 'sendrecv';
      const local = this.#local.get(source);
      if (local !== undefined && !local.muted) await transceiver.sender.replaceTrack(local.track);
    }
  }

  async #addCandidate(candidate: Extract<LinkSignal, { type: 'candidate' }>['candidate']): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch (error) {
      if (!this.#ignoringOffer) throw error;
    }
  }

  #sendDescription(): void {
    const description = this.#connection.localDescription;
    if (description === null || this.#closed) return;
    const sources: Record<string, Source> = {};
    for (const [source, { mid }] of this.#sections) if (mid !== null) sources[mid] = source;
    this.events.emit('signal', {
      type: 'description',
      description: { type: description.type, sdp: description.sdp },
      sources,
    });
  }

  /** From the first description of the other end on: a link connects, or it is told that it did not. */
  #expectConnection(): void {
    if (this.#closed) return;
    this.#connecting ??= setTimeout(() => {
      if (this.connected) return;
      const { iceConnectionState } = this.#connection;
      this.events.emit('failed', {
        cause: `no route between the two was found in ${CONNECT_MS / 1000} s (ICE ${iceConnectionState})`,
      });
    }, CONNECT_MS);
  }

  #followConnection(): void {
    const state = this.#connection.connectionState;
    if (state === 'connected') {
      clearTimeout(this.#connecting);
      clearTimeout(this.#recovery);
      this.#recovery = undefined;
      return;
    }
    if (state !== 'failed' && state !== 'disconnected') return;
    if (state === 'failed' && !this.#polite) this.#connection.restartIce();
    this.#recovery ??= setTimeout(
      () => this.events.emit('failed', { cause: `the link stayed ${this.#connection.connectionState}` }),
      RECOVERY_MS,
    );
  }
}
