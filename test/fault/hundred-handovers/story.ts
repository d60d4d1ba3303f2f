// A hundred handovers in one room, in a process of their own: what this process keeps is then the server's. Prints, as JSON, what there
// was after the first and after the last.
import { roomNameSchema, type Topology } from '#protocol';
import { CallPage, callAddress } from '../../support/call-page.ts';
import { launchChromium, newPerson } from '../../support/chromium.ts';
import { Guests, aRoom } from '../../support/guests.ts';
import { HonestClient } from '../../support/honest-client.ts';
import { PageGauge } from '../../support/page-gauge.ts';
import { ServerGauge } from '../../support/server-gauge.ts';
import { startServer } from '../../support/server.ts';
import { grown, type Reading, type Story } from './story-reading.ts';
import { useSmallCamera } from '../../support/small-camera.ts';
import { until } from '../../support/until.ts';

/** To the SFU and back. */
const PAIRS = 50;
/**
 * In each fifth pair, the first of them included, a third comes and goes. In the others the need for media on the server does, which
 * takes less time.
 */
const THIRD_COMES_EVERY = 5;
/**
 * Heaps are compared with what they were by then, not with what they were after the first handover: until then they grow to their usual
 * size. The room's timeline fills up (20 handovers), the pages' memory of frame times (60 s) as well, and what runs often is compiled. What
 * a page's heap still grows by after that is compiled code, and the browser's own notes of long frames, which have a limit.
 */
const WARM_AFTER_PAIRS = 15;
/** One handover that needs its second attempt on a busy machine: towards mesh it comes after 30 s. */
const ARRIVAL_MS = 60_000;

const gauge = await ServerGauge.attach();
const server = await startServer({ MESH_DWELL_MS: '20' });
const browser = await launchChromium(['--use-fake-device-for-media-stream=fps=10']);
const guests = new Guests(() => server.url);

/** The room at rest in its mesh, and in its SFU: every plane that was left is closed, every report has come. */
const AT_REST = { rooms: 1, participants: 2, timers: 0, workers: 1 } as const;
const IN_MESH = { ...AT_REST, routers: 0, transports: 0, producers: 0, consumers: 0 };
const IN_SFU = { ...AT_REST, routers: 1, transports: 4, producers: 4, consumers: 4 };

async function join(room: string, name: string): Promise<CallPage> {
  const person = await newPerson(browser);
  await person.addInitScript(useSmallCamera);
  const address = callAddress({ server: server.url, room, query: { name, autojoin: '1' } });
  const page = await CallPage.open(person, address, name);
  await page.inState('joined');
  return page;
}

async function tell(): Promise<Story> {
  const name = aRoom();
  const room = roomNameSchema.parse(name);
  const pages = [await join(name, 'Ada'), await join(name, 'Alan')];
  const gauges = await Promise.all(pages.map(({ page }) => PageGauge.attach(page)));
  const connectionsInSfu: number[] = [];
  let epoch = 1;

  /** Until both pages have settled over that topology, in a later epoch than before. */
  const arrive = async (topology: Topology): Promise<void> => {
    const epochs = await Promise.all(
      pages.map(async ({ page }) => {
        const arrived = await page.waitForFunction(
          ([than, over]) => {
            const { topology: live, handover, epoch: current } = document.body.dataset;
            return live === over && handover === 'stable' && Number(current) > than && Number(current);
          },
          [epoch, topology] as const,
          { timeout: ARRIVAL_MS, polling: 20 },
        );
        const reached = Number(await arrived.jsonValue());
        await arrived.dispose();
        return reached;
      }),
    );
    if (new Set(epochs).size !== 1) throw new Error(`expected one epoch, got ${epochs.join()}`);
    [epoch = 0] = epochs;
  };
  const rest = (counts: typeof IN_MESH): Promise<unknown> =>
    until(
      () => `the room to rest: ${JSON.stringify(server.conference.counts())}`,
      () => JSON.stringify(server.conference.counts()) === JSON.stringify(counts),
    );
  const read = async (): Promise<Reading> => ({
    server: await gauge.read(),
    pages: await Promise.all(gauges.map((one) => one.read())),
  });
  const openConnections = () => Promise.all(gauges.map((one) => one.openConnections()));

  const thirdComesAndGoes = async (): Promise<void> => {
    const third = new HonestClient(await guests.join(name, 'Grace'));
    await arrive('sfu');
    await until('the third to be settled', () => third.session.all('topology:settled').length === 1);
    guests.leave();
    await arrive('mesh');
  };
  const needComesAndGoes = async ({ rests = false } = {}): Promise<void> => {
    await server.conference.requireServerMedia(room, 'recorder', true);
    await arrive('sfu');
    if (rests) {
      await rest(IN_SFU);
      connectionsInSfu.push(...(await openConnections()));
    }
    await server.conference.requireServerMedia(room, 'recorder', false);
    await arrive('mesh');
  };

  await thirdComesAndGoes();
  await rest(IN_MESH);
  const first = await read();
  let warm = first;
  for (let index = 1; index < PAIRS; index += 1) {
    if (index % THIRD_COMES_EVERY === 0) await thirdComesAndGoes();
    else await needComesAndGoes({ rests: index === 1 || index === PAIRS - 1 });
    if (index === WARM_AFTER_PAIRS - 1) {
      await rest(IN_MESH);
      warm = await read();
    }
  }

  await rest(IN_MESH);
  let last = await read();
  await until(
    () => `nothing to be left: ${grown(first, last).join('; ')}`,
    async () => grown(first, last).length === 0 || grown(first, (last = await read())).length === 0,
    { everyMs: 500 },
  ).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  const [ada, alan] = pages;
  if (ada !== undefined && alan !== undefined)
    await Promise.all([ada.sees([alan], 'mesh'), alan.sees([ada], 'mesh')]);
  const errors = pages.flatMap((page) => page.errors);
  return { first, warm, last, epoch, connectionsInSfu, connectionsInMesh: await openConnections(), errors };
}

try {
  process.stdout.write(JSON.stringify(await tell()));
} finally {
  guests.leave();
  gauge.close();
  await browser.close();
  await server.close();
}
