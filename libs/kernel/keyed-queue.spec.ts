import { describe, expect, it } from '@jest/globals';
import { KeyedQueue } from './keyed-queue.ts';

describe('KeyedQueue', () => {
  it('runs the tasks of one key one after another', async () => {
    const queue = new KeyedQueue<string>();
    const log: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = queue.run('a', async () => {
      await promise;
      log.push('first');
    });
    const second = queue.run('a', () => void log.push('second'));

    resolve();
    await Promise.all([first, second]);

    expect(log).toEqual(['first', 'second']);
  });

  it('lets no key wait for another', async () => {
    const queue = new KeyedQueue<string>();
    const { promise, resolve } = Promise.withResolvers<void>();
    const stuck = queue.run('a', () => promise);

    await expect(queue.run('b', () => 'free')).resolves.toBe('free');

    resolve();
    await stuck;
  });

  it('forgets a key once its last task has ended', async () => {
    const queue = new KeyedQueue<string>();
    const runs = ['a', 'a', 'b'].map((key) => queue.run(key, () => undefined));
    expect(queue.size).toBe(2);
    await Promise.all(runs);
    expect(queue.size).toBe(0);
  });

  it('forgets a key whose task failed', async () => {
    const queue = new KeyedQueue<string>();
    const failing = () => Promise.reject(new Error('broken'));
    await expect(queue.run('a', failing)).rejects.toThrow('broken');
    expect(queue.size).toBe(0);
  });

  it('keeps the order when a task queues the next one of its key at its end', async () => {
    const queue = new KeyedQueue<string>();
    const log: number[] = [];
    const runs: Promise<unknown>[] = [];
    const step = (n: number): void => {
      log.push(n);
      if (n < 5) runs.push(queue.run('a', () => step(n + 1)));
    };
    await queue.run('a', () => step(1));
    while (log.length < 5) await runs.at(-1);
    await Promise.all(runs);
    expect(log).toEqual([1, 2, 3, 4, 5]);
    expect(queue.size).toBe(0);
  });
});
