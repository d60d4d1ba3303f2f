import type { Ack } from './envelope.ts';
import type {
  DirectNotification,
  DirectNotificationName,
  RoomNotification,
  RoomNotificationName,
  ServerRequest,
  ServerRequestName,
} from './notifications.ts';
import type { RequestAnswer, RequestInput, RequestName } from './requests.ts';

/** The requests as Socket.IO's typed event map. */
export type ClientToServerEvents = {
  [Name in RequestName]: (
    payload: RequestInput<Name>,
    ack: (answer: Ack<RequestAnswer<Name>>) => void,
  ) => void;
};

/** What the server tells and asks, as Socket.IO's typed event map. */
export type ServerToClientEvents = {
  [Name in RoomNotificationName]: (payload: RoomNotification<Name>) => void;
} & {
  [Name in DirectNotificationName]: (payload: DirectNotification<Name>) => void;
} & {
  [Name in ServerRequestName]: (
    payload: ServerRequest<Name>,
    ack: (answer: Record<string, never>) => void,
  ) => void;
};
