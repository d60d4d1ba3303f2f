import type { Device } from 'mediasoup-client';
import { Emitter, type Unsubscribe } from '#kernel';
import {
  kindOfSource,
  type ChatMessage,
  type Epoch,
  type HandoverRecord,
  type Joined,
  type LeaveReason,
  type LiveTopology,
  type ParticipantId,
  type ParticipantInfo,
  type Permission,
  type Prepare,
  type Reaction,
  type RequestAnswer,
  type RoomVisibility,
  type RtpCapabilities,
  type Source,
  type TopologyWish,
} from '#protocol';
import { CallError } from './call-error.ts';
import { streamOf, type CallSnapshot, type CallState } from './call-snapshot.ts';
import { Chat } from './chat.ts';
import { ChatLog, type ChatMessageView } from './chat-log.ts';
import { LocalMedia, type LocalTrack } from './local-media.ts';
import type { SwitchRule } from './path-prover.ts';
import type { PathReport } from './path-report.ts';
import { Planes } from './planes.ts';
import { SignalingClient } from './signaling-client.ts';
import { decodableCodecs } from './video-codecs.ts';
import type { VideoPriority, VideoWish } from './video-demands.ts';

export interface CallOptions {
  /** Where the server is, for example `https://calls.example.org`. The page's own origin if not given. */
  readonly serverUrl?: string;
  /** Any printable Unicode, 1 to 64 characters. */
  readonly room: string;
  /** Any printable Unicode, 1 to 64 characters. */
  readonly displayName: string;
  /** Your address is not to be seen by the others. */
  readonly relayOnly?: boolean;
  /** A wish for the room, which counts if you open it. */
  readonly topology?: TopologyWish;
  /** Whether the room is listed for everybody; counts if you find nobody there. `private` unless given. */
  readonly visibility?: RoomVisibility;
  /** When a handover changes over to a new path. All but `parity` are worse, and are there to be measured against it. */
  readonly switchRule?: SwitchRule;
  /** Over the SFU, of each video only what is seen of it is received. True unless given; without it all is received, always. */
  readonly adaptiveStream?: boolean;
}

/** Somebody shows a reaction. */
export interface ReactionView {
  /** Whose it is, which may be you. */
  readonly participantId: ParticipantId;
  readonly reaction: Reaction;
}

export interface AttachOptions {
  /** `camera`: with the microphone; `screen`: with its sound; `mic` and `screen-audio`: the sound by itself. `camera` unless given. */
  readonly source?: Source;
  /** Where the line does not carry everything, what has a high priority gets its layers first: the stage, the speaker. */
  readonly priority?: VideoPriority;
}

export interface CallEvents {
  /** The snapshot changed. */
  changed: CallSnapshot;
  /** Somebody else has said something, to everyone or to you. What was said before you came is in the snapshot alone. */
  message: ChatMessageView;
  /** To be shown for a moment: it is not kept. */
  reaction: ReactionView;
  /** A handover has its place in the room's timeline. */
  handover: HandoverRecord;
}

/** How long to wait after a server that was reached again has said "not now": doubling, up to a limit. */
const REJOIN_FIRST_MS = 500;
const REJOIN_MAX_MS = 8000;

/**
 * One participant's call: joins a room, sends the tracks it is given, receives everyone else's over whatever topology the server has
 * chosen, and follows when that changes. It renders nothing and asks for no device.
 */
export class Call {
  readonly #options: CallOptions;
  readonly #events = new Emitter<CallEvents>();
  readonly #signaling: SignalingClient;
  readonly #local = new LocalMedia();
  readonly #planes: Planes;
  readonly #chatLog = new ChatLog();
  /** What is written to everyone in the room, and in private. */
  readonly chat: Chat;
  #device: Promise<Device> | undefined;
  #sfuLibrary: Promise<SfuLibrary> | undefined;
  #state: CallState = 'new';
  #displayName: string;
  #visibility: RoomVisibility;
  #roomVisibility: RoomVisibility | null = null;
  #self: ParticipantInfo | null = null;
  #permissions: readonly Permission[] = [];
  #live: LiveTopology | null = null;
  #handover: Prepare | null = null;
  #leaveReason: LeaveReason | null = null;
  #error: CallError | null = null;
  /** The epoch that the others went on to without us: over the SFU, or over mesh where there is no SFU. */
  #unreachableIn: Epoch | null = null;
  #snapshot: CallSnapshot;
  #stopListening: (() => void) | undefined;
  #rejoining: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CallOptions) {
    this.#options = options;
    this.#displayName = options.displayName;
    this.#visibility = options.visibility ?? 'private';
    this.#signaling = new SignalingClient(options.serverUrl ?? window.location.origin);
    const { switchRule = 'parity', adaptiveStream = true } = options;
    this.#planes = new Planes({
      signaling: this.#signaling,
      local: this.#local,
      rule: switchRule,
      adaptive: adaptiveStream,
      changed: () => this.#changed(),
    });
    this.chat = new Chat(
      this.#chatLog,
      (message) => this.#signaling.request('chat:send', message),
      () => this.#chatChanged(),
    );
    this.#snapshot = this.#takeSnapshot();
  }

  /** The call as it stands; the same object until something changes. */
  get snapshot(): CallSnapshot {
    return this.#snapshot;
  }

  get state(): CallState {
    return this.#state;
  }

  on<Name extends keyof CallEvents>(name: Name, listener: (payload: CallEvents[Name]) => void): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /**
   * Looks at the room before joining: who is there, and what carries the call. As long as this call is not joined, the server has
   * ready what the join would need, and the browser loads what it needs for an SFU.
   * @throws CallError `SERVER_UNREACHABLE`
   */
  async preview(): Promise<RequestAnswer<'room:preview'>> {
    if (this.#state !== 'new')
      throw new CallError('ALREADY_JOINED', 'a preview comes before the join', false);
    await this.#connect();
    const preview = await this.#signaling.request('room:preview', { room: this.#options.room });
    // Nobody waits for it here: whoever joins finds it loaded.
    this.#device ??= loadDevice(loadSfuLibrary(), preview.routerRtpCapabilities);
    this.#device.catch(() => (this.#device = undefined));
    return preview;
  }

  /**
   * Joins the room. Once.
   * @throws CallError with the server's code, for example `ROOM_FULL`; `SERVER_UNREACHABLE`; `UNSUPPORTED_BROWSER`
   */
  async join(): Promise<void> {
    if (this.#state !== 'new')
      throw new CallError('ALREADY_JOINED', 'a call joins once; make another one', false);
    this.#setState('joining');
    this.#listen();
    try {
      requireWebRtc();
      if (this.#device === undefined) this.#sfuLibrary ??= loadSfuLibrary();
      await this.#connect();
      await this.#enter();
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  /** Leaves the room and closes everything. May be called twice. The tracks stay the caller's to stop. */
  async leave(): Promise<void> {
    if (this.#state === 'left' || this.#state === 'failed') return;
    const inRoom = this.#state === 'joined';
    this.#end('left', 'left');
    if (inRoom) await this.#signaling.request('room:leave', {}).catch(ignoreLostConnection);
    this.#signaling.close();
  }

  /** For when there is no time to wait for an answer: the page is going away. */
  leaveNow(): void {
    if (this.#state === 'left' || this.#state === 'failed') return;
    this.#end('left', 'left');
    this.#signaling.close();
  }

  /**
   * Sends a track, or another one in the place of the source's last. May be called before joining.
   * @throws CallError when the server refuses it
   */
  async publish(source: Source, track: MediaStreamTrack): Promise<void> {
    await this.#setLocal({ source, track, muted: false });
  }

  async unpublish(source: Source): Promise<void> {
    if (!this.#local.delete(source)) return;
    await this.#tellSources();
    await this.#planes.unpublish(source);
  }

  /** Muted, nothing of the source is sent, and the others are told so. */
  async setMuted(source: Source, muted: boolean): Promise<void> {
    const local = this.#local.get(source);
    if (local === undefined || local.muted === muted) return;
    await this.#setLocal({ ...local, muted });
  }

  async setDisplayName(displayName: string): Promise<void> {
    if (this.#state === 'joined') await this.#signaling.request('participant:update', { displayName });
    this.#displayName = displayName;
    this.#changed();
  }

  /** A wish for the room, from the next join on: it counts if nobody is there. */
  setVisibility(visibility: RoomVisibility): void {
    this.#visibility = visibility;
  }

  /** Asks for a turn to speak. A hand that is up keeps its place; after a lost connection it is raised again, as the last one. */
  async raiseHand(): Promise<void> {
    await this.#signaling.request('participant:update', { handRaised: true });
  }

  async lowerHand(): Promise<void> {
    await this.#signaling.request('participant:update', { handRaised: false });
  }

  /**
   * Shows everyone a reaction, you included: it comes back as the event `reaction`.
   * @throws CallError `RATE_LIMITED` (`details.retryAfterMs` says when there is room again)
   */
  async react(reaction: Reaction): Promise<void> {
    await this.#signaling.request('reaction:send', { reaction });
  }

  /** Ends the room for everyone. @throws CallError `NOT_PERMITTED` unless you are its host */
  async endRoom(): Promise<void> {
    await this.#signaling.request('room:end', {});
  }

  /**
   * Plays what a participant sends in an element: their camera with their microphone unless another source is named. How every handover
   * looks is measured where the camera is shown, and over the SFU no more of a video is received than its elements show: nothing while
   * none of them is seen. Call what is returned when the element is no longer theirs.
   */
  attach(
    id: ParticipantId,
    element: HTMLMediaElement,
    { source = 'camera', priority }: AttachOptions = {},
  ): () => void {
    const participant = this.#snapshot.participants.find((one) => one.id === id);
    element.srcObject = participant === undefined ? null : streamOf(participant, source);
    const { meter, demands } = this.#planes;
    const detaches: (() => void)[] = [];
    if (element instanceof HTMLVideoElement) {
      if (source === 'camera') detaches.push(meter.attach(id, element));
      if (kindOfSource(source) === 'video') detaches.push(demands.watch(id, source, element, priority));
    }
    return () => {
      for (const detach of detaches) detach();
      element.srcObject = null;
    };
  }

  /**
   * Says how a video is shown, for applications that show it by other means than an attached element, or that know better: whether it is
   * seen, how large, and how important it is. Counts before what elements say, until `null` takes it back.
   */
  prefer(id: ParticipantId, source: Source, wish: VideoWish | null): void {
    this.#planes.demands.prefer(id, source, wish);
  }

  /** The room's last handovers, oldest first, with what everybody saw of them. */
  async handovers(): Promise<HandoverRecord[]> {
    const { handovers } = await this.#signaling.request('handover:history', {});
    return handovers;
  }

  /** How each of the others reaches you now. */
  report(): Promise<PathReport[]> {
    return this.#planes.report();
  }

  async #setLocal(local: LocalTrack): Promise<void> {
    const before = this.#local.get(local.source);
    local.track.enabled = !local.muted;
    this.#local.set(local);
    const changed = before === undefined || before.muted !== local.muted;
    await Promise.all([changed ? this.#tellSources() : undefined, this.#planes.publish(local)]);
  }

  async #tellSources(): Promise<void> {
    this.#changed();
    if (this.#state === 'joined')
      await this.#signaling.request('participant:update', { sources: this.#local.states });
  }

  #connect(): Promise<void> {
    if (this.#signaling.connected) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = [
        this.#signaling.connection.on('connected', () => settle(resolve)),
        this.#signaling.connection.on('unreachable', ({ cause }) =>
          settle(() =>
            reject(
              new CallError('SERVER_UNREACHABLE', `the server cannot be reached: ${cause.message}`, true),
            ),
          ),
        ),
      ];
      const settle = (how: () => void): void => {
        for (const off of stop) off();
        how();
      };
      this.#signaling.connect();
    });
  }

  async #enter(): Promise<void> {
    this.#signaling.hold();
    let seq = 0;
    try {
      const { room, topology = 'auto', relayOnly = false } = this.#options;
      const joined = await this.#signaling.request('room:join', {
        room,
        topology,
        relayOnly,
        visibility: this.#visibility,
        displayName: this.#displayName,
        sources: this.#local.states,
        videoCodecs: decodableCodecs(),
      });
      seq = joined.room.seq;
      this.#welcome(joined);
    } finally {
      this.#signaling.release(seq);
    }
  }

  #welcome({ participantId, permissions, room, topology, iceServers, routerRtpCapabilities }: Joined): void {
    const handWasUp = (this.#self?.handSeq ?? null) !== null;
    this.#self = room.participants.find(({ id }) => id === participantId) ?? null;
    this.#permissions = permissions;
    this.#roomVisibility = room.visibility;
    this.#live = topology.live;
    this.#handover = topology.handover;
    this.#error = null;
    this.#device ??= loadDevice(this.#sfuLibrary ?? loadSfuLibrary(), routerRtpCapabilities);
    const others = room.participants.filter(({ id }) => id !== participantId);
    const joinedSeq = this.#self?.joinedSeq ?? 0;
    this.#planes.begin({ device: this.#device, iceServers, joinedSeq, topology, others });
    this.#chatLog.begin(participantId);
    this.#setState('joined');
    void this.#loadChat(participantId);
    if (handWasUp) this.raiseHand().catch(ignoreLostConnection);
  }

  async #loadChat(self: ParticipantId): Promise<void> {
    try {
      const { messages } = await this.#signaling.request('chat:history', {});
      this.#chatLog.addPast(messages);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      // Whoever has joined anew meanwhile has asked anew.
      if (this.#self?.id === self) this.#chatLog.pastIsUnknown();
    }
    this.#chatChanged();
  }

  /** An answer may come when the call has ended: then nothing of it changes any more. */
  #chatChanged(): void {
    if (this.#state === 'joined') this.#changed();
  }

  #listen(): void {
    const { connection, notifications } = this.#signaling;
    const offs = [
      connection.on('disconnected', ({ final }) => this.#disconnected(final)),
      connection.on('connected', () => this.#reconnected()),
      notifications.on('participant:joined', ({ participant, epochs }) =>
        this.#planes.addParticipant(participant, epochs),
      ),
      notifications.on('participant:updated', ({ participant }) => this.#updated(participant)),
      notifications.on('participant:left', ({ participantId }) =>
        this.#planes.removeParticipant(participantId),
      ),
      notifications.on('chat:received', ({ message }) => this.#hear(message)),
      notifications.on('chat:whispered', ({ message }) => this.#hear(message)),
      notifications.on('reaction:received', ({ participantId, reaction }) =>
        this.#events.emit('reaction', { participantId, reaction }),
      ),
      notifications.on('room:closed', ({ reason }) => this.#end('left', reason)),
      notifications.on('topology:prepare', (prepare) => this.#prepare(prepare)),
      notifications.on('topology:settled', ({ live, drainMs }) => this.#settle(live, drainMs)),
      notifications.on('topology:aborted', ({ epoch, live, drainMs }) => this.#abort(epoch, live, drainMs)),
      notifications.on('handover:recorded', ({ handover }) => this.#events.emit('handover', handover)),
      notifications.on('topology:unreachable', ({ epoch, message }) => this.#unreachable(epoch, message)),
      notifications.on('link:signaled', ({ from, epoch, signal }) =>
        this.#planes.receiveSignal(from, epoch, signal),
      ),
      notifications.on('producer:keyframe', ({ producerId }) => this.#planes.sendKeyFrame(producerId)),
      notifications.on('producer:layers', ({ producerId, highest }) =>
        this.#planes.setWatched(producerId, highest),
      ),
      notifications.on('producer:replace', ({ producerId, videoCodec }) =>
        this.#planes.replaceProducer(producerId, videoCodec),
      ),
      notifications.on('consumer:closed', ({ consumerId }) => this.#planes.closeConsumer(consumerId)),
    ];
    this.#signaling.onConsumerCreated = (setup) => this.#planes.createConsumer(setup);
    this.#stopListening = () => {
      for (const off of offs) off();
    };
  }

  #updated(participant: ParticipantInfo): void {
    if (participant.id === this.#self?.id) this.#self = participant;
    else this.#planes.updateParticipant(participant);
    this.#changed();
  }

  #hear(message: ChatMessage): void {
    const heard = this.#chatLog.add(message);
    if (heard === null) return;
    this.#changed();
    if (!heard.mine) this.#events.emit('message', heard);
  }

  #prepare(prepare: Prepare): void {
    this.#handover = prepare;
    this.#planes.prepare(prepare);
    this.#changed();
  }

  #unreachable(epoch: Epoch, message: string): void {
    this.#unreachableIn = epoch;
    this.#error = new CallError('MEDIA_UNAVAILABLE', `the others went on without you: ${message}`, true);
    this.#changed();
  }

  #settle(live: LiveTopology, drainMs: number): void {
    if (this.#unreachableIn !== null && this.#unreachableIn < live.epoch) {
      this.#unreachableIn = null;
      this.#error = null;
    }
    this.#live = live;
    this.#handover = null;
    this.#planes.settle(live, drainMs);
    this.#changed();
  }

  #abort(epoch: Epoch, live: LiveTopology, drainMs: number): void {
    this.#live = live;
    if (this.#handover?.epoch === epoch) this.#handover = null;
    this.#planes.abort(epoch, live, drainMs);
    this.#changed();
  }

  #disconnected(final: boolean): void {
    clearTimeout(this.#rejoining);
    if (final) {
      this.#end('left', 'removed-by-operator');
      return;
    }
    if (this.#state === 'joined') this.#setState('reconnecting');
  }

  #reconnected(): void {
    if (this.#state !== 'reconnecting') return;
    // The server gave our place up with the connection: everything is built anew.
    this.#planes.reset();
    void this.#rejoin(REJOIN_FIRST_MS);
  }

  /** Again and again, as long as the server only says "not now" and the connection lasts. */
  async #rejoin(nextMs: number): Promise<void> {
    try {
      await this.#enter();
    } catch (error) {
      if (this.#state !== 'reconnecting') return;
      if (!(error instanceof CallError && error.retryable)) {
        this.#fail(error);
        return;
      }
      this.#error = error;
      this.#changed();
      // Without a connection the next one begins anew.
      if (!this.#signaling.connected) return;
      this.#rejoining = setTimeout(() => void this.#rejoin(Math.min(2 * nextMs, REJOIN_MAX_MS)), nextMs);
    }
  }

  #fail(error: unknown): void {
    this.#error =
      error instanceof CallError
        ? error
        : new CallError('INTERNAL', error instanceof Error ? error.message : 'failed', true);
    this.#end('failed', null);
    this.#signaling.close();
  }

  #end(state: 'left' | 'failed', reason: LeaveReason | null): void {
    if (this.#state === 'left' || this.#state === 'failed') return;
    this.#stopListening?.();
    clearTimeout(this.#rejoining);
    this.#planes.reset();
    this.#leaveReason = reason;
    this.#handover = null;
    this.#setState(state);
    // Whoever ended the room still waits for the answer.
    if (reason !== 'left') void this.#signaling.closeWhenAnswered();
  }

  #setState(state: CallState): void {
    this.#state = state;
    this.#changed();
  }

  #changed(): void {
    this.#snapshot = this.#takeSnapshot();
    this.#events.emit('changed', this.#snapshot);
  }

  #takeSnapshot(): CallSnapshot {
    return {
      state: this.#state,
      room: this.#options.room,
      visibility: this.#roomVisibility,
      local: {
        id: this.#self?.id ?? null,
        displayName: this.#displayName,
        role: this.#self?.role ?? null,
        permissions: this.#permissions,
        sources: this.#local.states,
        handSeq: this.#self?.handSeq ?? null,
      },
      participants: this.#planes.views(),
      chat: this.#chatLog.snapshot,
      topology: this.#live?.topology ?? null,
      topologyReason: this.#live?.reason ?? null,
      epoch: this.#live?.epoch ?? 0,
      handover: this.#handover === null ? 'stable' : 'preparing',
      leaveReason: this.#leaveReason,
      error: this.#error,
    };
  }
}

function requireWebRtc(): void {
  if (typeof RTCPeerConnection === 'function' && 'addTransceiver' in RTCPeerConnection.prototype) return;
  throw new CallError(
    'UNSUPPORTED_BROWSER',
    'this browser cannot make calls; a current Chrome, Firefox or Safari can',
    false,
  );
}

type SfuLibrary = Pick<typeof import('mediasoup-client'), 'Device'>;

/**
 * The larger half of what a call needs. Begun once the preview is there, or with the join, so that it is there by the time the server
 * has answered.
 */
function loadSfuLibrary(): Promise<SfuLibrary> {
  const library = import('mediasoup-client');
  // Whoever needs it is told: a call that never leaves the mesh does without.
  library.catch(() => undefined);
  return library;
}

/** Learns what this browser can send and receive. Begun with the join, so that it is known by the time the SFU is needed. */
async function loadDevice(
  library: Promise<SfuLibrary>,
  routerRtpCapabilities: RtpCapabilities,
): Promise<Device> {
  const { Device: SfuDevice } = await library;
  const device = await SfuDevice.factory();
  await device.load({ routerRtpCapabilities: routerRtpCapabilities as never });
  return device;
}

/** The server notices by itself that we are gone. */
function ignoreLostConnection(error: unknown): void {
  if (!(error instanceof CallError)) throw error;
}
