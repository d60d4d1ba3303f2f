/** Runs asynchronous tasks one at a time, in the order they came. A task that fails does not stop the next one. */
export class TaskQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #size = 0;

  /** Tasks waiting or running. */
  get size(): number {
    return this.#size;
  }

  /** Resolves or rejects as the task does. */
  run<T>(task: () => T | Promise<T>): Promise<T> {
    this.#size += 1;
    const result = this.#tail.then(task);
    this.#tail = result.then(
      () => this.#done(),
      () => this.#done(),
    );
    return result;
  }

  /** Resolves once everything that was queued before this call has ended. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  #done(): void {
    this.#size -= 1;
  }
}
