import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock, Log, SystemClock } from '#kernel';
import { MediaEngine } from '#media';
import { MediasoupEngine } from '#media-mediasoup';
import { PrometheusHandoverMetrics, registerConferenceGauges } from '#observability';
import { ConversationDirectory, PublicRoomList, RoomDirectory } from '#rooms';
import {
  ConversationGateway,
  EndRoom,
  JoinRoom,
  LeaveRoom,
  LinkGateway,
  LobbyGateway,
  PreviewRoom,
  RoomGateway,
  RoomMedia,
  SessionGateway,
  SfuGateway,
  SocketOutlet,
  TopologyGateway,
  UpdateParticipant,
  WatchRooms,
} from '#signaling';
import { HandoverMetrics, TopologyDirectory, TopologyPolicy, type TopologySettings } from '#topology';
import { Conference } from './conference.ts';
import type { ConferenceOptions } from './conference-options.ts';
import { HandoverSinks } from './handover-sinks.ts';

const HANDOVER: Pick<TopologySettings, 'drainMs' | 'deadlineMs'> = {
  drainMs: 500,
  deadlineMs: { sfu: 8000, mesh: 5000 },
};

/** For clients that do not answer when they are hung up on. */
const HANG_UP_LIMIT_MS = 1000;

/**
 * Rooms, topology and signaling for any Nest application: import `ConferenceModule.forRoot(options)`, and use the
 * {@link ConferenceIoAdapter}. Calls are accepted once `Conference.start()` has resolved; the module begins it at bootstrap.
 */
@Module({})
export class ConferenceModule
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  readonly #conference: Conference;
  readonly #outlet: SocketOutlet;
  readonly #engine: MediaEngine;
  readonly #log: Log;

  constructor(conference: Conference, outlet: SocketOutlet, engine: MediaEngine, log: Log) {
    this.#conference = conference;
    this.#outlet = outlet;
    this.#engine = engine;
    this.#log = log;
  }

  static forRoot(options: ConferenceOptions): DynamicModule {
    const { topology, rooms, iceServers, media, log, engine, registry, handoverMetrics } = options;
    return {
      module: ConferenceModule,
      providers: [
        { provide: Log, useValue: log },
        { provide: Clock, useClass: SystemClock },
        { provide: MediaEngine, useFactory: () => engine ?? new MediasoupEngine(media, log) },
        { provide: SocketOutlet, useFactory: () => new SocketOutlet() },
        {
          provide: RoomDirectory,
          inject: [SocketOutlet, Clock],
          useFactory: (outlet: SocketOutlet, clock: Clock) => new RoomDirectory(outlet, clock, rooms),
        },
        {
          provide: ConversationDirectory,
          inject: [RoomDirectory, Clock],
          useFactory: (directory: RoomDirectory, clock: Clock) => new ConversationDirectory(directory, clock),
        },
        { provide: TopologyPolicy, useFactory: () => new TopologyPolicy(topology) },
        {
          provide: HandoverMetrics,
          useFactory: () =>
            new HandoverSinks(
              [
                ...(registry === undefined ? [] : [new PrometheusHandoverMetrics(registry)]),
                ...(handoverMetrics === undefined ? [] : [handoverMetrics]),
              ],
              log,
            ),
        },
        {
          provide: TopologyDirectory,
          inject: [RoomDirectory, MediaEngine, TopologyPolicy, Clock, HandoverMetrics],
          useFactory: (
            directory: RoomDirectory,
            sfu: MediaEngine,
            policy: TopologyPolicy,
            clock: Clock,
            metrics: HandoverMetrics,
          ) =>
            new TopologyDirectory(
              directory,
              sfu,
              policy,
              { ...HANDOVER, ...topology, videoCodec: media.videoCodec },
              clock,
              log,
              metrics,
            ),
        },
        {
          provide: JoinRoom,
          inject: [RoomDirectory, TopologyDirectory, MediaEngine],
          useFactory: (directory: RoomDirectory, topologies: TopologyDirectory, sfu: MediaEngine) =>
            new JoinRoom(directory, topologies, sfu, iceServers, log),
        },
        {
          provide: LeaveRoom,
          inject: [RoomDirectory, TopologyDirectory, ConversationDirectory],
          useFactory: (
            directory: RoomDirectory,
            topologies: TopologyDirectory,
            conversations: ConversationDirectory,
          ) => new LeaveRoom(directory, topologies, conversations, log),
        },
        {
          provide: PreviewRoom,
          inject: [RoomDirectory, TopologyDirectory, MediaEngine],
          useFactory: (directory: RoomDirectory, topologies: TopologyDirectory, sfu: MediaEngine) =>
            new PreviewRoom(directory, topologies, sfu),
        },
        {
          provide: WatchRooms,
          inject: [RoomDirectory, Clock],
          useFactory: (directory: RoomDirectory, clock: Clock) =>
            new WatchRooms(new PublicRoomList(directory, clock)),
        },
        {
          provide: EndRoom,
          inject: [RoomDirectory],
          useFactory: (directory: RoomDirectory) => new EndRoom(directory, log),
        },
        {
          provide: UpdateParticipant,
          inject: [RoomDirectory],
          useFactory: (directory: RoomDirectory) => new UpdateParticipant(directory),
        },
        {
          provide: RoomMedia,
          inject: [RoomDirectory, TopologyDirectory],
          useFactory: (directory: RoomDirectory, topologies: TopologyDirectory) =>
            new RoomMedia(directory, topologies),
        },
        {
          provide: Conference,
          inject: [RoomDirectory, TopologyDirectory, MediaEngine, Clock],
          useFactory: (
            directory: RoomDirectory,
            topologies: TopologyDirectory,
            sfu: MediaEngine,
            clock: Clock,
          ) => {
            const conference = new Conference(directory, topologies, sfu, clock);
            if (registry !== undefined) {
              registerConferenceGauges(registry, () => ({
                ...conference.counts(),
                participants: conference.participantsByTopology(),
              }));
            }
            return conference;
          },
        },
        SessionGateway,
        RoomGateway,
        LobbyGateway,
        ConversationGateway,
        LinkGateway,
        SfuGateway,
        TopologyGateway,
      ],
      exports: [Conference],
    };
  }

  onApplicationBootstrap(): void {
    this.#conference
      .start()
      .catch((error: unknown) => this.#log.error({ err: error }, 'the media workers did not start'));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#conference.stop();
    await this.#outlet.hangUp(HANG_UP_LIMIT_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#engine.close();
  }
}
