import { describe, expect, it } from '@jest/globals';
import { TaskQueue } from './task-queue.ts';

/** A promise that the test resolves itself. */
const gate = () => Promise.withResolvers<void>();

describe('TaskQueue', () => {
  it('runs tasks one at a time, in the order they came', async () => {
    const queue = new TaskQueue();
    const log: string[] = [];
    const gates = [gate(), gate(), gate()];
    const runs = gates.map(({ promise }, index) =>
      queue.run(async () => {
        log.push(`begin ${index}`);
        await promise;
        log.push(`end ${index}`);
      }),
    );

    for (const { resolve } of gates.toReversed()) resolve();
    await Promise.all(runs);

    expect(log).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  it('hands out what the task returns', async () => {
    const queue = new TaskQueue();
    await expect(queue.run(() => 1)).resolves.toBe(1);
    await expect(queue.run(() => Promise.resolve(2))).resolves.toBe(2);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('goes on after a task that %s, and tells whoever queued it', async (_how, breaks) => {
    const queue = new TaskQueue();
    const broken = queue.run(breaks);
    const next = queue.run(() => 'next');

    await expect(broken).rejects.toThrow('broken');
    await expect(next).resolves.toBe('next');
    expect(queue.size).toBe(0);
  });

  it('counts what waits and what runs', async () => {
    const queue = new TaskQueue();
    const { promise, resolve } = gate();
    const runs = [queue.run(() => promise), queue.run(() => undefined)];
    expect(queue.size).toBe(2);
    resolve();
    await Promise.all(runs);
    expect(queue.size).toBe(0);
  });

  it('does not begin a task before whoever queued it has gone on', async () => {
    const queue = new TaskQueue();
    let begun = false;
    const run = queue.run(() => {
      begun = true;
    });
    expect(begun).toBe(false);
    await run;
    expect(begun).toBe(true);
  });

  it('is idle once everything queued before has ended, whether well or not', async () => {
    const queue = new TaskQueue();
    const { promise, resolve } = gate();
    let ended = false;
    const first = queue.run(() => promise.then(() => (ended = true)));
    const second = queue.run(() => Promise.reject(new Error('broken')));
    const idle = queue.idle().then(() => ended);
    resolve();
    await expect(idle).resolves.toBe(true);
    await first;
    await expect(second).rejects.toThrow('broken');
  });
});
