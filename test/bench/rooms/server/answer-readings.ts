import type { Question, Reading } from './reading.ts';

// Loaded into both servers before they begin (`--import`): each says of itself what it has used.

process.on('message', (question: Question) => {
  // Twice: what the first collection finalizes, the second one frees.
  if (question === 'memory') for (let pass = 0; pass < 2; pass += 1) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const reading: Reading = { cpuMs: (user + system) / 1000, heapBytes: heapUsed + external, rssBytes: rss };
  process.send?.(reading);
});

// Whoever measures has gone, perhaps by a signal.
process.on('disconnect', () => process.exit());
