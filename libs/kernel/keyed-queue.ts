import { TaskQueue } from './task-queue.ts';

/** One {@link TaskQueue} per key: tasks of one key run one after another, keys never wait for each other. */
export class KeyedQueue<Key> {
  readonly #queues = new Map<Key, TaskQueue>();

  /** Keys with tasks waiting or running. */
  get size(): number {
    return this.#queues.size;
  }

  async run<T>(key: Key, task: () => T | Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? new TaskQueue();
    this.#queues.set(key, queue);
    try {
      return await queue.run(task);
    } finally {
      if (queue.size === 0 && this.#queues.get(key) === queue) this.#queues.delete(key);
    }
  }
}
