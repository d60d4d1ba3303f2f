import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const SERVER_CORE = '0';
const LOAD_CORE = '1';

/** Where the servers and the load run. With two cores or more the server under test has one of its own, and the load has another. */
export class Machine {
  readonly isPinned: boolean;
  /** How many samples were kept although others used the machine meanwhile. */
  disturbed = 0;

  constructor() {
    this.isPinned = availableParallelism() > 1 && canPin();
    if (this.isPinned)
      execFileSync('taskset', ['-a', '-p', '-c', LOAD_CORE, String(process.pid)], { stdio: 'pipe' });
  }

  /** The command that runs a server. */
  wrap(program: string, args: readonly string[]): [program: string, args: string[]] {
    return this.isPinned ? ['taskset', ['-c', SERVER_CORE, program, ...args]] : [program, [...args]];
  }
}

function canPin(): boolean {
  try {
    execFileSync('taskset', ['-c', `${SERVER_CORE},${LOAD_CORE}`, 'true'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
