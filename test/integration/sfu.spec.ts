import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RunningServer } from '#server';
import { Guests, aRoom } from '../support/guests.ts';
import { DTLS_PARAMETERS, produceRequest } from '../support/rtp.ts';
import { startServer } from '../support/server.ts';
import type { Session } from '../support/session.ts';
import { until } from '../support/until.ts';

// Whatever is waited for has a deadline of its own, and says what was missing.
jest.setTimeout(60_000);

let server: RunningServer;
const guests = new Guests(() => server.url);

beforeAll(async () => {
  server = await startServer();
});

afterEach(() => guests.leave());
afterAll(() => server.close());

/** Two in a room that is in the SFU from the beginning, in epoch 1. */
async function twoInTheSfu(): Promise<[Session, Session]> {
  const room = aRoom();
  return [await guests.join(room, 'Alice', { topology: 'sfu' }), await guests.join(room, 'Bob')];
}

describe('a transport', () => {
  it('can be connected, and can have its ICE restarted', async () => {
    const [alice] = await twoInTheSfu();
    const { id: transportId, iceParameters, iceCandidates } = alice.setupOf(1).sendTransport;
    expect(iceCandidates.map(({ protocol }) => protocol).toSorted()).toEqual(['tcp', 'udp']);
    expect(iceCandidates.every(({ address }) => address === '127.0.0.1')).toBe(true);
    await alice.request('transport:connect', { transportId, dtlsParameters: DTLS_PARAMETERS });
    const restarted = await alice.request('transport:restart-ice', { transportId });
    expect(restarted.iceParameters.usernameFragment).not.toBe(iceParameters.usernameFragment);
  });
});

describe('a track', () => {
  it('is offered to everyone who can receive it, with what it is and whose', async () => {
    const [alice, bob] = await twoInTheSfu();
    const [producerId] = await alice.publish(1, 'camera');
    const setup = await bob.next('consumer:created');
    expect(setup).toMatchObject({
      epoch: 1,
      producerId,
      participantId: alice.id,
      source: 'camera',
      kind: 'video',
      producerPaused: false,
    });
    expect(setup.rtpParameters.codecs[0]).toMatchObject({ mimeType: 'video/VP8' });
    expect(alice.all('consumer:created')).toEqual([]);
  });

  it('that is there already is offered to whoever joins', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice', { topology: 'sfu' });
    await alice.publish(1, 'mic', 'camera', 'screen', 'screen-audio');
    const bob = await guests.join(room, 'Bob');
    await until('four tracks', () => bob.consumers.length === 4);
    expect(bob.consumers.map(({ source }) => source).toSorted()).toEqual([
      'camera',
      'mic',
      'screen',
      'screen-audio',
    ]);
  });

  it('is offered to nobody who has not said what it can receive, and then at once', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice', { topology: 'sfu' });
    const bob = await guests.connect();
    const joined = await bob.request('room:join', { room, displayName: 'Bob', sources: [] });
    await alice.publish(1, 'mic');
    await alice.request('participant:update', { displayName: 'Alicia' });
    await bob.next('participant:updated');
    expect(bob.all('consumer:created')).toEqual([]);

    const transportId = joined.topology.sfu?.recvTransport.id ?? '';
    const { routerRtpCapabilities: rtpCapabilities } = joined;
    await bob.request('transport:receive', { transportId, rtpCapabilities });
    expect(await bob.next('consumer:created')).toMatchObject({ source: 'mic' });
  });

  it('in a codec that somebody cannot receive is not offered to them, and is to the others', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice', { topology: 'sfu' });
    const bob = await guests.connect();
    const joined = await bob.request('room:join', { room, displayName: 'Bob', sources: [] });
    const { codecs = [], ...rest } = joined.routerRtpCapabilities;
    const rtpCapabilities = { ...rest, codecs: codecs.filter(({ kind }) => kind === 'audio') };
    await bob.request('transport:receive', {
      transportId: joined.topology.sfu?.recvTransport.id ?? '',
      rtpCapabilities,
    });
    const carol = await guests.join(room, 'Carol');
    await alice.publish(1, 'camera');
    await alice.publish(1, 'mic');
    await until('both tracks', () => carol.consumers.length === 2);
    expect(await bob.next('consumer:created')).toMatchObject({ kind: 'audio' });
    expect(bob.consumers).toHaveLength(1);
  });

  it('that is muted and unmuted is told as such', async () => {
    const [alice, bob] = await twoInTheSfu();
    const [producerId] = await alice.publish(1, 'mic');
    if (producerId === undefined) throw new Error('expected a producer');
    const { consumerId } = await bob.next('consumer:created');
    await alice.request('producer:pause', { producerId });
    expect(await bob.next('consumer:paused')).toEqual({ consumerId });
    await alice.request('producer:resume', { producerId });
    expect(await bob.next('consumer:resumed')).toEqual({ consumerId });
  });

  it('may begin muted', async () => {
    const [alice, bob] = await twoInTheSfu();
    const request = produceRequest(alice.setupOf(1).sendTransport.id, 'mic');
    await alice.request('producer:create', { ...request, paused: true });
    expect(await bob.next('consumer:created')).toMatchObject({ producerPaused: true });
  });

  it('that is closed ends for everyone, and its source may be sent again', async () => {
    const [alice, bob] = await twoInTheSfu();
    const [producerId] = await alice.publish(1, 'camera');
    if (producerId === undefined) throw new Error('expected a producer');
    const { consumerId } = await bob.next('consumer:created');
    await alice.request('producer:close', { producerId });
    expect(await bob.next('consumer:closed')).toEqual({ consumerId });
    await alice.publish(1, 'camera');
    expect((await bob.next('consumer:created')).consumerId).not.toBe(consumerId);
    expect(bob.consumers).toHaveLength(1);
  });

  it('ends when its sender leaves', async () => {
    const [alice, bob] = await twoInTheSfu();
    await alice.publish(1, 'camera', 'mic');
    await until('both tracks', () => bob.consumers.length === 2);
    await alice.request('room:leave', {});
    await until('both to end', () => bob.consumers.length === 0);
    await bob.next('participant:left');
  });

  it('can be paused, resumed, limited and asked for a key frame by whoever receives it', async () => {
    const [alice, bob] = await twoInTheSfu();
    await alice.publish(1, 'camera');
    const { consumerId } = await bob.next('consumer:created');
    await expect(bob.request('consumer:pause', { consumerId })).resolves.toEqual({});
    await expect(bob.request('consumer:resume', { consumerId })).resolves.toEqual({});
    await expect(bob.request('consumer:prefer', { consumerId, spatialLayer: 0 })).resolves.toEqual({});
    const highest = { consumerId, spatialLayer: 7, temporalLayer: 7 };
    await expect(bob.request('consumer:prefer', highest)).resolves.toEqual({});
    await expect(bob.request('consumer:keyframe', { consumerId })).resolves.toEqual({});
  });

  it('is offered again to whoever does not acknowledge it, and is the same one', async () => {
    const room = aRoom();
    const alice = await guests.join(room, 'Alice', { topology: 'sfu' });
    const bob = await guests.connect({ acknowledgesConsumers: false });
    await bob.join(room, 'Bob');
    await alice.publish(1, 'mic');
    const first = await bob.next('consumer:created');
    bob.acknowledgesConsumers = true;
    const again = await bob.next('consumer:created');
    expect(again).toEqual(first);
    expect(bob.consumers).toHaveLength(1);
  });
});
