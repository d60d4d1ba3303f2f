import { afterEach, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { Guests } from '../support/guests.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

/** Well below the 4 s for which an acknowledgement is awaited. */
const SOON_MS = 1500;

let server: RunningServer | undefined;
const guests = new Guests(() => server?.url ?? '');

afterEach(async () => {
  guests.leave();
  await server?.close();
});

/** Timers that keep this process from ending. */
const timers = (): number => process.getActiveResourcesInfo().filter((what) => what === 'Timeout').length;

it('a server that has closed waits for no acknowledgement, and lets the process end', async () => {
  const before = timers();
  server = await startServer();
  const people = await guests.threeInTheSfu();
  for (const one of people) one.acknowledgesConsumers = false;
  await people[0].publish(2, 'mic', 'camera');
  for (const one of people.slice(1)) await one.next('consumer:created', ({ source }) => source === 'camera');

  await server.close();
  guests.leave();
  await until(
    () => `${before} timers, there are ${timers()}`,
    () => timers() <= before,
    { deadlineMs: SOON_MS },
  );
});
