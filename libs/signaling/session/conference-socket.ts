import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type {
  ClientToServerEvents,
  ParticipantId,
  Role,
  RoomName,
  ServerToClientEvents,
  Topology,
} from '#protocol';

/** What an operator sees of a session in the Admin UI. Empty while it is in no room. */
export interface SessionData {
  room?: RoomName | undefined;
  participantId?: ParticipantId | undefined;
  displayName?: string | undefined;
  role?: Role | undefined;
  topology?: Topology | undefined;
  epoch?: number | undefined;
}

export type ConferenceSocket = Socket<
  ClientToServerEvents,
  ServerToClientEvents,
  DefaultEventsMap,
  SessionData
>;
export type ConferenceServer = Namespace<
  ClientToServerEvents,
  ServerToClientEvents,
  DefaultEventsMap,
  SessionData
>;

/** The Socket.IO room that has all sessions of a conference room. */
export const socketRoomOf = (room: RoomName): string => `room:${room}`;
