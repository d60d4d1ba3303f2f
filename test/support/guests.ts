import { randomUUID } from 'node:crypto';
import type { RequestInput } from '#protocol';
import { Session, type SessionOptions } from './session.ts';

/** A room that no other test has. */
export const aRoom = (): string => `room ${randomUUID()}`;

/** The sessions of one test, so that none of them outlives it. */
export class Guests {
  readonly #url: () => string;
  readonly #sessions: Session[] = [];

  /** The address is asked for at each connection: a suite's server starts after its guests are made. */
  constructor(url: () => string) {
    this.#url = url;
  }

  async connect(options?: SessionOptions): Promise<Session> {
    const session = await Session.connect(this.#url(), options);
    this.#sessions.push(session);
    return session;
  }

  async join(
    room: string,
    displayName = 'Alice',
    more: Partial<RequestInput<'room:join'>> = {},
  ): Promise<Session> {
    const session = await this.connect();
    await session.join(room, displayName, more);
    return session;
  }

  /** Two in a room, over mesh of epoch 1. */
  async two(room = aRoom()): Promise<[Session, Session]> {
    return [await this.join(room, 'Alice'), await this.join(room, 'Bob')];
  }

  /** Three in a room, the third of whom has begun a handover to the SFU of epoch 2. */
  async three(room = aRoom()): Promise<[Session, Session, Session]> {
    const sessions = [...(await this.two(room)), await this.join(room, 'Carol')] as [
      Session,
      Session,
      Session,
    ];
    await Promise.all(sessions.slice(0, 2).map((session) => session.next('topology:prepare')));
    return sessions;
  }

  /** Three in a room, whose handover to the SFU of epoch 2 has settled. */
  async threeInTheSfu(room = aRoom()): Promise<[Session, Session, Session]> {
    const sessions = await this.three(room);
    await settle(sessions, 2);
    return sessions;
  }

  /** @throws Error if one of them heard what does not fit the protocol */
  leave(): void {
    for (const session of this.#sessions.splice(0)) session.close();
  }
}

/** Everyone reports everyone in that epoch, and hears that it has settled. */
export async function settle(sessions: readonly Session[], epoch: number): Promise<void> {
  await Promise.all(
    sessions.map((session) =>
      session.switchTo(
        epoch,
        sessions.map(({ id }) => id),
      ),
    ),
  );
  await Promise.all(
    sessions.map((session) => session.next('topology:settled', ({ live }) => live.epoch === epoch)),
  );
}

/** Every one of them hears all that was said to it before this resolves: messages to one session keep their order. */
export const caughtUp = (sessions: readonly Session[]) =>
  Promise.all(sessions.map((one) => one.refusal('no:such', {})));
