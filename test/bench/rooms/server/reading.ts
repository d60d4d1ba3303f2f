/** `memory` collects the garbage first. */
export type Question = 'cpu' | 'memory';

/** What a process says of itself. */
export interface Reading {
  /** User and system, of all its threads, since it began. */
  readonly cpuMs: number;
  /** The heap in use, and what its objects keep outside of it. */
  readonly heapBytes: number;
  readonly rssBytes: number;
}

export interface FullReading extends Reading {
  /** The media workers together: nothing where there are none. */
  readonly workerCpuMs: number;
  readonly workerRssBytes: number;
}
