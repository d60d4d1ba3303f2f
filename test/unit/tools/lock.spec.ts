import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { processIdentity, tryLock, withLock } from '../../../tools/provide/lock.mjs';

const LOCK_MODULE = join(import.meta.dirname, '../../../tools/provide/lock.mjs');

let directory: string;
let path: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'switchyard-lock-'));
  path = join(directory, 'lock');
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

/** Another process, which holds the lock until it is told to stop. */
async function startHolder(): Promise<{ child: ChildProcess; pid: number }> {
  const script = `
    import { withLock } from ${JSON.stringify(LOCK_MODULE)};
    await withLock(${JSON.stringify(path)}, { onWait() {} }, () => {
      console.log('locked');
      return new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (child.pid === undefined) throw new Error('the holder did not start');
  await once(child.stdout, 'data');
  return { child, pid: child.pid };
}

describe('withLock', () => {
  it('lets one work at a time, and tells the others whom they wait for', async () => {
    const waitedFor: number[] = [];
    let atWork = 0;
    let most = 0;

    const work = async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
    };
    await Promise.all(
      [1, 2, 3].map(() => withLock(path, { onWait: (pid: number) => waitedFor.push(pid) }, work)),
    );

    expect(most).toBe(1);
    expect(waitedFor).toEqual([process.pid, process.pid]);
    expect(existsSync(path)).toBe(false);
  });

  it('answers what the work answers, and lets go when the work fails', async () => {
    await expect(withLock(path, { onWait() {} }, async () => 'done')).resolves.toBe('done');
    await expect(
      withLock(path, { onWait() {} }, async () => {
        throw new Error('no compiler');
      }),
    ).rejects.toThrow('no compiler');

    expect(existsSync(path)).toBe(false);
  });

  it('lets go when the process is terminated', async () => {
    const { child } = await startHolder();
    expect(existsSync(path)).toBe(true);

    child.kill('SIGTERM');
    await once(child, 'exit');

    expect(child.exitCode).toBe(128 + 15);
    expect(existsSync(path)).toBe(false);
  });
});

describe('tryLock', () => {
  it('leaves a living process its lock', async () => {
    const { pid } = await startHolder();

    expect(tryLock(path)).toBe(pid);
    expect(readFileSync(path, 'utf8')).toBe(processIdentity(pid));
  });

  it('takes over the lock of a process that was killed', async () => {
    const { child } = await startHolder();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(path)).toBe(true);

    expect(tryLock(path)).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe(processIdentity(process.pid));
  });

  it('takes over the lock of a process whose pid another one has by now', () => {
    expect(processIdentity(process.pid)).toMatch(/^\d+ \d+$/);
    writeFileSync(path, `${process.pid} 1`);

    expect(tryLock(path)).toBeUndefined();
  });

  it('leaves nothing behind but the lock', () => {
    writeFileSync(path, `${process.pid} 1`);
    tryLock(path);

    expect(readdirSync(directory)).toEqual(['lock']);
  });
});
