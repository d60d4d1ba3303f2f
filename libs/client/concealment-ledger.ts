const MEMORY_MS = 30_000;

/**
 * How much of the audio that was heard of one participant had to be made up (W3C webrtc-stats, `concealedSamples` less the silent
 * ones). The path may change: of each receiver only counts what it concealed while it was the one that is heard.
 */
export class ConcealmentLedger {
  /** Weak: a receiver keeps its whole peer connection, closed or not, and each handover brings another one. */
  readonly #last = new WeakMap<RTCRtpReceiver, number>();
  #heardMs = 0;
  #history: { readonly time: number; readonly heardMs: number }[] = [];

  /** Takes a reading of the receiver that has been heard since its last reading. */
  async read(receiver: RTCRtpReceiver): Promise<void> {
    const now = await concealedMs(receiver);
    const last = this.#last.get(receiver);
    this.#last.set(receiver, now);
    if (last !== undefined) this.#heardMs += Math.max(0, now - last);
    const time = performance.now();
    this.#history = [
      ...this.#history.filter((one) => time - one.time <= MEMORY_MS),
      { time, heardMs: this.#heardMs },
    ];
  }

  /** From now on this receiver is heard; what it concealed before does not count. */
  async begin(receiver: RTCRtpReceiver): Promise<void> {
    this.#last.set(receiver, await concealedMs(receiver));
  }

  /** Made up between two times, in ms, as far as the readings tell. */
  between(from: number, to: number): number {
    return Math.max(0, this.#at(to) - this.#at(from));
  }

  #at(time: number): number {
    return this.#history.findLast((one) => one.time <= time)?.heardMs ?? 0;
  }
}

async function concealedMs(receiver: RTCRtpReceiver): Promise<number> {
  const report = await receiver.getStats();
  for (const stats of report.values() as Iterable<RTCStats>) {
    if (stats.type !== 'inbound-rtp') continue;
    const { concealedSamples = 0, silentConcealedSamples = 0 } = stats as RTCInboundRtpStreamStats;
    const { totalSamplesReceived = 0, totalSamplesDuration = 0 } = stats as RTCInboundRtpStreamStats & {
      totalSamplesDuration?: number;
    };
    const samplesPerMs = totalSamplesDuration > 0 ? totalSamplesReceived / totalSamplesDuration / 1000 : 48;
    return (concealedSamples - silentConcealedSamples) / samplesPerMs;
  }
  return 0;
}
