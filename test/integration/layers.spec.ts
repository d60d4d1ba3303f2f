import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ConsumerSetup, ProducerId } from '#protocol';
import type { RunningServer } from '#server';
import { Guests, aRoom, caughtUp } from '../support/guests.ts';
import { layeredRtpParameters, produceRequest } from '../support/rtp.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer({ VIDEO_CODEC: 'VP9', MAX_INCOMING_BITRATE_BPS: '4000000' });
});

afterEach(() => guests.leave());
afterAll(() => server.close());

const SIZE = { width: 1280, height: 720 };

async function sendCamera(
  session: Session,
  codec: 'VP8' | 'VP9',
  replaces?: ProducerId,
): Promise<ProducerId> {
  const { producerId } = await session.request('producer:create', {
    ...produceRequest(session.setupOf(1).sendTransport.id, 'camera'),
    rtpParameters: layeredRtpParameters(codec),
    size: SIZE,
    replaces,
  });
  return producerId;
}

/** Two in the SFU, and what the second receives of the first's camera, in three layers. */
async function watching(codec: 'VP8' | 'VP9'): Promise<[Session, Session, ConsumerSetup]> {
  const room = aRoom();
  const alice = await guests.join(room, 'Alice', { topology: 'sfu', videoCodecs: ['VP8', 'VP9'] });
  const bob = await guests.join(room, 'Bob', { videoCodecs: ['VP8', 'VP9'] });
  await sendCamera(alice, codec);
  return [alice, bob, await bob.next('consumer:created')];
}

describe.each(['VP8', 'VP9'] as const)('a camera in layers of %s', (codec) => {
  it('comes with its size and the number of its layers', async () => {
    const [, , { size, rtpParameters }] = await watching(codec);
    expect(size).toEqual(SIZE);
    expect(rtpParameters.encodings?.[0]?.scalabilityMode).toMatch(/^L3/);
  });

  it('has its sender told of what is watched: less when that lasts, more at once', async () => {
    const [alice, bob, { consumerId, producerId }] = await watching(codec);
    await bob.request('consumer:prefer', { consumerId, spatialLayer: 0, priority: 10 });
    expect(await alice.next('producer:layers')).toEqual({ producerId, highest: 0 });
    await bob.request('consumer:pause', { consumerId });
    expect(await alice.next('producer:layers')).toEqual({ producerId, highest: null });
    await bob.request('consumer:prefer', { consumerId, spatialLayer: 2 });
    await bob.request('consumer:resume', { consumerId });
    expect(await alice.next('producer:layers')).toEqual({ producerId, highest: 2 });
    expect(alice.all('producer:layers')).toHaveLength(3);
  });

  it('counts as watched in full by somebody who says nothing', async () => {
    const [alice, bob, { consumerId, producerId }] = await watching(codec);
    await bob.request('consumer:pause', { consumerId });
    expect(await alice.next('producer:layers')).toEqual({ producerId, highest: null });
    await guests.join(bob.joined?.room.name ?? '', 'Carol', { videoCodecs: ['VP9'] });
    // While she is on her way, and when she has come.
    expect(await alice.next('producer:layers')).toEqual({ producerId, highest: 0 });
    expect(await alice.next('producer:layers')).toEqual({ producerId, highest: 2 });
  });
});

describe('the codec of a room', () => {
  const offered = (session: Session): string | undefined => session.setupOf(1).videoCodec;

  it('is the preferred one while everybody can decode it', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice', { topology: 'sfu', videoCodecs: ['VP8', 'VP9'] });
    const bob = await guests.join(room, 'Bob', { videoCodecs: ['VP9'] });
    expect([alice, bob].map(offered)).toEqual(['VP9', 'VP9']);
  });

  it('is VP8 for whoever comes with somebody who cannot', async () => {
    const room = aRoom();
    await guests.join(room, 'Alice', { topology: 'sfu', videoCodecs: ['VP8', 'VP9'] });
    const bob = await guests.join(room, 'Bob');
    const carol = await guests.join(room, 'Carol', { videoCodecs: ['VP9'] });
    expect([bob, carol].map(offered)).toEqual(['VP8', 'VP8']);
  });

  it('is changed by a newcomer who cannot decode it: what is sent is replaced, without an end in between', async () => {
    const [alice, bob, { consumerId, producerId }] = await watching('VP9');
    const carol = await guests.join(bob.joined?.room.name ?? '', 'Carol');
    expect(await alice.next('producer:replace')).toEqual({ producerId, videoCodec: 'VP8' });

    const replacement = await sendCamera(alice, 'VP8', producerId);
    await until('the new track', () => bob.consumers.length === 2 && carol.consumers.length > 0);
    expect(bob.consumers.map((one) => one.producerId)).toEqual([producerId, replacement]);
    await alice.request('producer:close', { producerId });
    expect(await bob.next('consumer:closed')).toEqual({ consumerId });
    expect(carol.consumers.at(-1)).toMatchObject({ producerId: replacement, source: 'camera' });
    await caughtUp([alice]);
    expect(alice.all('producer:replace')).toHaveLength(1);
  });

  it('is told again to whoever sends the old one nevertheless', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice', { topology: 'sfu', videoCodecs: ['VP9'] });
    await guests.join(room, 'Bob');
    const producerId = await sendCamera(alice, 'VP9');
    expect(await alice.next('producer:replace')).toEqual({ producerId, videoCodec: 'VP8' });
  });
});

describe('a producer that takes the place of another', () => {
  it('names the one of its own source that is being sent', async () => {
    const [alice, , { producerId }] = await watching('VP8');
    const [mic] = await alice.publish(1, 'mic');
    const request = produceRequest(alice.setupOf(1).sendTransport.id, 'camera');
    for (const replaces of [mic, 'nothing', undefined])
      expect(await alice.refusal('producer:create', { ...request, replaces })).toBe('INVALID_STATE');
    await sendCamera(alice, 'VP9', producerId);
    // Its place is taken.
    expect(await alice.refusal('producer:create', { ...request, replaces: producerId })).toBe(
      'INVALID_STATE',
    );
  });
});
