const GAP = '  ';

/** The first column to the left, the figures to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

/** So many digits after the point; a dash for what was not measured. */
export const digits = (value: number | null, count: number): string =>
  value === null || Number.isNaN(value) ? '-' : value.toFixed(count);

export const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);

export const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
