import type { CDPSession, Page } from 'playwright-core';

export interface PageReading {
  /** Peer connections that are not closed. */
  readonly openConnections: number;
  /** Objects that are reachable, of each kind that a handover makes. */
  readonly instances: Readonly<Record<string, number>>;
  /** Listeners on everything that takes some (`Memory.getDOMCounters`). */
  readonly listeners: number;
  readonly nodes: number;
  readonly heapBytes: number;
}

const KINDS = ['RTCPeerConnection', 'RTCRtpReceiver', 'MediaStream', 'MediaStreamTrack', 'HTMLAudioElement'];

/** Reads what a page keeps. Nothing that could be collected is counted. */
export class PageGauge {
  readonly #devtools: CDPSession;

  private constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }

  static async attach(page: Page): Promise<PageGauge> {
    return new PageGauge(await page.context().newCDPSession(page));
  }

  async read(): Promise<PageReading> {
    // What the collector of the engine gives up, that of the browser's own objects can give up in the next round.
    for (let round = 0; round < 3; round += 1) await this.#devtools.send('HeapProfiler.collectGarbage');
    const instances: Record<string, number> = {};
    for (const kind of KINDS) instances[kind] = await this.#count(kind);
    const { jsEventListeners: listeners, nodes } = await this.#devtools.send('Memory.getDOMCounters');
    const { usedSize: heapBytes } = await this.#devtools.send('Runtime.getHeapUsage');
    return { openConnections: await this.openConnections(), instances, listeners, nodes, heapBytes };
  }

  /** Of those that are reachable, how many are not closed. */
  async openConnections(): Promise<number> {
    const objects = await this.#all('RTCPeerConnection');
    const { result } = await this.#devtools.send('Runtime.callFunctionOn', {
      objectId: objects,
      functionDeclaration: `function () {
        return this.filter((one) => one.connectionState !== 'closed').length;
      }`,
      returnByValue: true,
    });
    await this.#release();
    return Number(result.value);
  }

  async #count(kind: string): Promise<number> {
    const { result } = await this.#devtools.send('Runtime.callFunctionOn', {
      objectId: await this.#all(kind),
      functionDeclaration: 'function () { return this.length; }',
      returnByValue: true,
    });
    await this.#release();
    return Number(result.value);
  }

  /** The id of an array of all objects of that kind. */
  async #all(kind: string): Promise<string> {
    const objectGroup = 'gauge';
    const prototype = await this.#devtools.send('Runtime.evaluate', {
      expression: `${kind}.prototype`,
      objectGroup,
    });
    const { objects } = await this.#devtools.send('Runtime.queryObjects', {
      prototypeObjectId: prototype.result.objectId ?? '',
      objectGroup,
    });
    return objects.objectId ?? '';
  }

  async #release(): Promise<void> {
    await this.#devtools.send('Runtime.releaseObjectGroup', { objectGroup: 'gauge' });
  }
}
