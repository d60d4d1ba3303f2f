import { readFileSync } from 'node:fs';

// Linux's proc_pid_stat(5) and its neighbours, with the units that every Linux on x86 and arm64 has.

const TICKS_PER_SECOND = 100;
/** Enough for the first line. */
const LINE_BYTES = 200;
const PAGE_BYTES = 4096;
/** Counted from the field after the name. */
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;
const RSS_PAGES = 21;

export interface ProcessUse {
  readonly cpuMs: number;
  readonly rssBytes: number;
}

export function useOf(pid: number): ProcessUse {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may contain anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (index: number): number => Number(fields[index]);
  return {
    cpuMs: ((field(USER_TICKS) + field(SYSTEM_TICKS)) * 1000) / TICKS_PER_SECOND,
    rssBytes: field(RSS_PAGES) * PAGE_BYTES,
  };
}

/** What all processes have used of all cores since the machine began. */
export function busyMs(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = readFileSync(
    '/proc/stat',
    'utf8',
  )
    .slice(0, LINE_BYTES)
    .split(/\s+/)
    .map(Number);
  return ((user + nice + system + irq + softirq + steal) * 1000) / TICKS_PER_SECOND;
}

/** How many files and sockets this process, and each that it starts, may have open. Node raises the soft limit to the hard one. */
export function openFileLimit(): number {
  const [, hard] = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  return hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard);
}
