import type { ParticipantId, ParticipantInfo, RoomName } from '#protocol';
import { RoomOutlet } from './room-outlet.ts';

export interface Recorded {
  /** A participant, or `*` for the whole room. */
  readonly to: string;
  readonly name: string;
  readonly payload: unknown;
  /** The one of the room who is not told. */
  readonly except?: ParticipantId;
}

/** An outlet that keeps what was said, for tests. Requests are acknowledged at once. */
export class RecordingOutlet extends RoomOutlet {
  readonly said: Recorded[] = [];
  readonly attached = new Map<ParticipantId, string>();

  /** Payloads of one name, in order. */
  payloads<Payload = unknown>(name: string): Payload[] {
    return this.said.filter((one) => one.name === name).map((one) => one.payload as Payload);
  }

  override attach(_room: RoomName, participant: ParticipantInfo, sessionId: string): void {
    this.attached.set(participant.id, sessionId);
  }

  override detach(_room: RoomName, participantId: ParticipantId): void {
    this.attached.delete(participantId);
  }

  override broadcast(_room: RoomName, name: string, payload: unknown, except?: ParticipantId): void {
    this.said.push({ to: '*', name, payload, ...(except === undefined ? {} : { except }) });
  }

  override notify(to: ParticipantId, name: string, payload: unknown): void {
    this.said.push({ to, name, payload });
  }

  override request(to: ParticipantId, name: string, payload: unknown): Promise<void> {
    this.said.push({ to, name, payload });
    return Promise.resolve();
  }
}
