export type Scene = 'calm' | 'narrow' | 'lossy';

interface Line {
  readonly scene: Scene;
  readonly reading: number;
  readonly link: string;
  readonly stats: RTCStats;
}

/**
 * What getStats() said in Chromium 156 to one of three in a mesh, whose camera sent 640x360 over both links: `calm` without a limit,
 * `narrow` and `lossy` with 400 kbit/s for both together (the latter within the first seconds). Each time two readings, 2 s apart, of
 * which some entries were left out and none was changed.
 */
export class ChromiumLinks {
  readonly #lines: readonly Line[];

  /** `text` is that of chromium-links.jsonl: one line is one entry of one report. */
  constructor(text: string) {
    this.#lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  }

  /** The reports of both links. */
  reports(scene: Scene, reading: 0 | 1): Map<string, Map<string, RTCStats>> {
    const reports = new Map<string, Map<string, RTCStats>>();
    for (const line of this.#lines) {
      if (line.scene !== scene || line.reading !== reading) continue;
      const report = reports.get(line.link) ?? new Map<string, RTCStats>();
      reports.set(line.link, report.set(line.stats.id, line.stats));
    }
    return reports;
  }
}
