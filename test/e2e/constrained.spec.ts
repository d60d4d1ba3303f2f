// What a page reads of its mesh, and tells the server: with an uplink that has room, and with one that has not.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { LinkConditions } from '#protocol';
import type { RunningServer } from '#server';
import { CallPage, callAddress } from '../support/call-page.ts';
import { launchChromium, newPerson } from '../support/chromium.ts';
import { NarrowUplink, tellCandidatesApart } from '../support/narrow-uplink.ts';
import { startServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const TEST_MS = 150_000;
/** Two copies of the fake camera want four times as much. */
const NARROW_BPS = 400_000;
/** Congestion control has to find out, the encoder to give way, and three of four readings to agree. */
const TOLD_WITHIN_MS = 60_000;
/** A condition that was there from the start would have been told with the fourth. */
const READINGS = 6;

interface Person {
  readonly call: CallPage;
  /** What the page has told of its links, in order. */
  readonly told: readonly LinkConditions[];
}

/** What a page saw in the statistics that it asked for. */
interface StatisticsSeen {
  reads: number;
  /** What Chromium itself says has ever held an encoder back, `cpu` or `bandwidth`, and `loss` where packets were lost. */
  words: string[];
}

declare global {
  interface Window {
    statisticsSeen?: StatisticsSeen;
  }
}

/** To be run in a page: notes what getStats() answers to the page. */
function noteStatistics(): void {
  const seen: StatisticsSeen = { reads: 0, words: [] };
  window.statisticsSeen = seen;
  const note = (word: string, value: number | undefined): void => {
    if ((value ?? 0) > 0 && !seen.words.includes(word)) seen.words.push(word);
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    override async getStats(selector?: MediaStreamTrack | null): Promise<RTCStatsReport> {
      const report = await super.getStats(selector);
      for (const stats of report.values() as Iterable<RTCStats>) {
        const { qualityLimitationDurations } = stats as RTCOutboundRtpStreamStats;
        note('cpu', qualityLimitationDurations?.cpu);
        note('bandwidth', qualityLimitationDurations?.bandwidth);
        if (stats.type === 'remote-inbound-rtp')
          note('loss', (stats as RTCReceivedRtpStreamStats).packetsLost);
      }
      seen.reads += 1;
      return report;
    }
  };
}

describe('a mesh of three', () => {
  let server: RunningServer;
  let browser: Browser;
  const people: Person[] = [];
  const lines: NarrowUplink[] = [];

  const join = async (
    room: string,
    name: string,
    query: Record<string, string> = {},
    line?: NarrowUplink,
  ): Promise<Person> => {
    const profile = await newPerson(browser);
    await (line === undefined ? tellCandidatesApart(profile) : line.carry(profile));
    await profile.addInitScript(noteStatistics);
    const told: LinkConditions[] = [];
    profile.on('page', (page) =>
      page.on('websocket', (socket) =>
        socket.on('framesent', ({ payload }) => {
          const [, json] = /^42\/v1,\d*(\["link:report".*)$/s.exec(String(payload)) ?? [];
          if (json === undefined) return;
          const [, { epoch: _epoch, ...conditions }] = JSON.parse(json) as [
            string,
            LinkConditions & { readonly epoch: number },
          ];
          told.push(conditions);
        }),
      ),
    );
    const address = callAddress({ server: server.url, room, query: { name, autojoin: '1', ...query } });
    const call = await CallPage.open(profile, address, name);
    await call.inState('joined');
    const person = { call, told };
    people.push(person);
    return person;
  };
  const layLine = (): NarrowUplink => {
    const line = new NarrowUplink({ bitsPerSecond: NARROW_BPS });
    lines.push(line);
    return line;
  };
  const everyoneSees = async (over: 'mesh' | 'sfu'): Promise<void> => {
    const calls = people.map(({ call }) => call);
    await Promise.all(
      calls.map((one) =>
        one.sees(
          calls.filter((other) => other !== one),
          over,
        ),
      ),
    );
  };
  const statisticsOf = ({ call }: Person): Promise<StatisticsSeen> =>
    call.page.evaluate(() => window.statisticsSeen ?? { reads: 0, words: [] });
  /** What was told and is not what Chromium says. Where this machine is too busy for three calls, that is more than nothing. */
  const unfounded = async (person: Person): Promise<LinkConditions[]> => {
    const { words } = await statisticsOf(person);
    return person.told.filter(
      ({ cpuLimited, uplinkLimited, lossy, relayed }) =>
        relayed ||
        (cpuLimited && !words.includes('cpu')) ||
        (uplinkLimited && !words.includes('bandwidth')) ||
        (lossy && !words.includes('loss')),
    );
  };

  beforeAll(async () => {
    server = await startServer({ MESH_MAX_PARTICIPANTS: '3' });
    browser = await launchChromium();
  }, TEST_MS);

  afterEach(async () => {
    await Promise.all(people.splice(0).map(({ call }) => call.close()));
    for (const line of lines.splice(0)) line.close();
    await until('everybody to leave', () => server.conference.counts().participants === 0);
  }, TEST_MS);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  }, TEST_MS);

  it(
    'tells nothing while everybody can send a copy to each of the others',
    async () => {
      for (const name of ['Ada', 'Alan', 'Grace']) await join('room enough', name);
      await everyoneSees('mesh');
      const before = await Promise.all(people.map(statisticsOf));
      await until(
        `${READINGS} readings of both links by everybody`,
        async () => {
          const now = await Promise.all(people.map(statisticsOf));
          return now.every(({ reads }, index) => reads - (before[index]?.reads ?? 0) >= 2 * READINGS);
        },
        { deadlineMs: TOLD_WITHIN_MS, everyMs: 200 },
      );
      for (const person of people) expect(await unfounded(person)).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'hears of the uplink of one of them that has no room for two copies',
    async () => {
      // A room that stays in its mesh, so that nobody else can be the reason to leave it first.
      const ada = await join('only told', 'Ada', { topology: 'mesh' }, layLine());
      for (const name of ['Alan', 'Grace']) await join('only told', name);
      await until(
        () => `Ada to tell of her uplink; told: ${JSON.stringify(ada.told)}`,
        () => ada.told.some(({ uplinkLimited }) => uplinkLimited),
        { deadlineMs: TOLD_WITHIN_MS, everyMs: 100 },
      );
      for (const person of people) expect(await unfounded(person)).toEqual([]);
      expect((await ada.call.body()).topology).toBe('mesh');
    },
    TEST_MS,
  );

  it(
    'moves to the SFU for that, and says so',
    async () => {
      const ada = await join('moved', 'Ada', {}, layLine());
      for (const name of ['Alan', 'Grace']) await join('moved', name);
      await until(
        () => `the call to move to the SFU; told: ${JSON.stringify(people.map(({ told }) => told))}`,
        async () => (await ada.call.body()).topology === 'sfu',
        { deadlineMs: TOLD_WITHIN_MS, everyMs: 100 },
      );
      await everyoneSees('sfu');
      const handover = await until(
        'the handover to have its place in the timeline',
        async () =>
          (await ada.call.page.evaluate(() => window.switchyard?.call.handovers() ?? [])).find(
            ({ to, outcome }) => to === 'sfu' && outcome === 'settled',
          ),
        { everyMs: 100 },
      );
      expect(handover).toMatchObject({ from: 'mesh', reason: 'constrained' });
    },
    TEST_MS,
  );
});
