import type {
  DirectNotification,
  DirectNotificationName,
  ParticipantId,
  ParticipantInfo,
  RoomName,
  RoomNotification,
  RoomNotificationName,
  ServerRequest,
  ServerRequestName,
} from '#protocol';

/** The one way out of a room: whatever its participants are told goes through here. */
export abstract class RoomOutlet {
  /**
   * From now on the participant is reached through this session, and hears what the room is told.
   * @throws DomainError `NOT_JOINED` when the session is gone
   */
  abstract attach(room: RoomName, participant: ParticipantInfo, sessionId: string): void;

  /** The participant is told nothing more. */
  abstract detach(room: RoomName, participantId: ParticipantId): void;

  /** Tells everyone in the room, except one if named. */
  abstract broadcast<Name extends RoomNotificationName>(
    room: RoomName,
    name: Name,
    payload: RoomNotification<Name>,
    except?: ParticipantId,
  ): void;

  /** Tells one participant. Nothing happens if it is gone. */
  abstract notify<Name extends RoomNotificationName | DirectNotificationName>(
    to: ParticipantId,
    name: Name,
    payload: Name extends RoomNotificationName
      ? RoomNotification<Name>
      : Name extends DirectNotificationName
        ? DirectNotification<Name>
        : never,
  ): void;

  /**
   * Asks one participant, and resolves when it has acknowledged.
   * @throws Error if it is gone, or did not answer within `timeoutMs`.
   */
  abstract request<Name extends ServerRequestName>(
    to: ParticipantId,
    name: Name,
    payload: ServerRequest<Name>,
    timeoutMs: number,
  ): Promise<void>;
}
