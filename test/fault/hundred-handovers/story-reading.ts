import type { PageReading } from '../../support/page-gauge.ts';
import type { ServerReading } from '../../support/server-gauge.ts';

export interface Reading {
  readonly server: ServerReading;
  readonly pages: readonly PageReading[];
}

/** What was read of a hundred handovers. */
export interface Story {
  readonly first: Reading;
  /** Once heaps have grown to their usual size. */
  readonly warm: Reading;
  readonly last: Reading;
  readonly epoch: number;
  readonly connectionsInSfu: readonly number[];
  readonly connectionsInMesh: readonly number[];
  /** What the pages threw and nobody caught. */
  readonly errors: readonly string[];
}

type Counts = Readonly<Record<string, number>>;

/** Of what there is more now than there was before: `Timeout: 4 > 3`. */
const more = (before: Counts, now: Counts, where: string): string[] =>
  Object.entries(now)
    .filter(([key, count]) => count > (before[key] ?? 0))
    .map(([key, count]) => `${where}: ${key}: ${count} > ${before[key] ?? 0}`);

/** What has grown in a room at rest. Heaps are another matter. */
export function grown(before: Reading, now: Reading): string[] {
  return [
    ...more(before.server.resources, now.server.resources, 'resources of the server'),
    ...more(before.server.listeners, now.server.listeners, 'listeners of the server'),
    ...more(before.server.instances, now.server.instances, 'objects of the server'),
    ...now.pages.flatMap((page, index) => {
      const { instances = {}, openConnections = 0, listeners = 0, nodes = 0 } = before.pages[index] ?? {};
      return [
        ...more(instances, page.instances, `page ${index}`),
        ...more(
          { openConnections, listeners, nodes },
          { openConnections: page.openConnections, listeners: page.listeners, nodes: page.nodes },
          `page ${index}`,
        ),
      ];
    }),
  ];
}
