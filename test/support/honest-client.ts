import type { ParticipantId, Prepare } from '#protocol';
import { DTLS_PARAMETERS } from './rtp.ts';
import { RefusedError, type Session } from './session.ts';

/**
 * What a client does that means well, without media: it follows each handover, and reports a path once there is something of it. Over
 * the SFU that is both tracks of the sender, over a mesh a signal of it.
 */
export class HonestClient {
  readonly session: Session;
  readonly #present = new Set<ParticipantId>();
  readonly #signaled = new Set<string>();
  readonly #reported = new Set<string>();
  #preparing: Pick<Prepare, 'epoch' | 'target'> | null = null;

  /** Follows what the session hears from now on, and what it was told when it joined. */
  constructor(session: Session) {
    this.session = session;
    const { room, topology } = session.joined ?? {};
    for (const { id } of room?.participants ?? []) if (id !== session.id) this.#present.add(id);
    session.socket.onAny((name: string) => this.#hear(name));
    if (topology?.handover) this.#begin(topology.handover);
    for (const name of new Set(session.heard.map((one) => one.name))) this.#hear(name);
  }

  /** Those whose tracks are offered over the SFU of that epoch, both of them. */
  received(epoch: number): ParticipantId[] {
    const own = this.session.consumers.filter((one) => one.epoch === epoch);
    return [...this.#present].filter((id) => own.filter((one) => one.participantId === id).length === 2);
  }

  #hear(name: string): void {
    const { session } = this;
    if (name === 'participant:joined') {
      for (const { participant } of session.all(name)) this.#present.add(participant.id);
    }
    if (name === 'participant:left') {
      for (const { participantId } of session.all(name)) this.#present.delete(participantId);
    }
    if (name === 'link:signaled') {
      for (const { from, epoch } of session.all(name)) this.#signaled.add(`${epoch} ${from}`);
    }
    if (name === 'topology:prepare') {
      const prepare = session.all(name).at(-1);
      if (prepare !== undefined && prepare.epoch !== this.#preparing?.epoch) this.#begin(prepare);
    }
    this.#report();
  }

  #begin({ epoch, target }: Pick<Prepare, 'epoch' | 'target'>): void {
    this.#preparing = { epoch, target };
    this.#ask(target === 'sfu' ? this.#enterSfu(epoch) : this.#enterMesh(epoch));
  }

  async #enterSfu(epoch: number): Promise<void> {
    const { sendTransport, recvTransport } = this.session.setupOf(epoch);
    for (const { id: transportId } of [sendTransport, recvTransport]) {
      await this.session.request('transport:connect', { transportId, dtlsParameters: DTLS_PARAMETERS });
    }
    await this.session.publish(epoch, 'mic', 'camera');
  }

  async #enterMesh(epoch: number): Promise<void> {
    const signal = { type: 'candidate', candidate: null } as const;
    await Promise.all(
      [...this.#present].map((to) => this.session.request('link:signal', { to, epoch, signal })),
    );
  }

  #report(): void {
    if (this.#preparing === null) return;
    const { epoch, target } = this.#preparing;
    const proven =
      target === 'sfu'
        ? this.received(epoch)
        : [...this.#present].filter((id) => this.#signaled.has(`${epoch} ${id}`));
    for (const participantId of proven) {
      if (this.#reported.has(`${epoch} ${participantId}`)) continue;
      this.#reported.add(`${epoch} ${participantId}`);
      this.#ask(this.session.request('path:switched', { epoch, participantId }));
    }
  }

  /** What comes too late is refused, and does not matter any more. */
  #ask(request: Promise<unknown>): void {
    request.catch((error: unknown) => {
      if (this.session.socket.connected && !(error instanceof RefusedError)) throw error;
    });
  }
}
