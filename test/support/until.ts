export interface UntilOptions {
  readonly deadlineMs?: number;
  readonly everyMs?: number;
}

/**
 * Resolves with what `condition` returns, once that is truthy; rejects with `what` when the deadline passes first.
 * `what` completes the sentence "waited … for"; as a function it may say what was there instead.
 */
export async function until<T>(
  what: string | (() => string),
  condition: () => T | Promise<T>,
  { deadlineMs = 10_000, everyMs = 10 }: UntilOptions = {},
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (performance.now() > end) {
      throw new Error(`waited ${deadlineMs} ms for ${typeof what === 'string' ? what : what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** As `promise`, but rejects with `what` when the deadline passes first. */
export async function within<T>(deadlineMs: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${deadlineMs} ms for ${what}`)), deadlineMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
