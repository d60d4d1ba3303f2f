import { readFileSync, readdirSync } from 'node:fs';

/** One that has ended and waits to be reaped does not run any more. */
const ENDED = new Set(['Z', 'X']);

interface Stat {
  readonly parent: number;
  readonly state: string;
}

/** Of Linux's `/proc`, proc_pid_stat(5). */
function statOf(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name, in brackets, may contain anything.
  const [state = '', parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(parent), state };
}

export function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && !ENDED.has(stat.state);
}

/** The processes that `pid` has started and that run. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((one) => one > 0 && statOf(one)?.parent === pid && isRunning(one));
}
