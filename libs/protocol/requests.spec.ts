import { describe, expect, it } from '@jest/globals';
import { ERRORS, errorCodeSchema } from './errors.ts';
import { requests, type RequestName } from './requests.ts';
import { directNotifications, roomNotifications, serverRequests } from './notifications.ts';

const parse = (name: RequestName, payload: unknown) => requests[name].payload.safeParse(payload);

describe('the catalogue', () => {
  it.each(Object.keys(requests))('names the request %s as noun:verb', (name) => {
    expect(name).toMatch(/^[a-z]+:[a-z]+(-[a-z]+)*$/);
  });

  it('has no name for two things', () => {
    const names = [requests, roomNotifications, directNotifications, serverRequests].flatMap(Object.keys);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(Object.entries(requests))('documents the errors of %s by known codes, each once', (_name, one) => {
    for (const code of one.errors) expect(errorCodeSchema.safeParse(code).success).toBe(true);
    expect(new Set(one.errors).size).toBe(one.errors.length);
  });

  it.each(Object.keys(requests) as RequestName[])('refuses keys that %s does not have', (name) => {
    const parsed = parse(name, { surprise: 1 });
    const keys = parsed.error?.issues.filter(({ code }) => code === 'unrecognized_keys');
    expect(keys).toHaveLength(1);
  });

  it.each(Object.keys(requests) as RequestName[])('refuses for %s what is no object', (name) => {
    for (const value of [null, undefined, 1, 'text', true, []])
      expect(parse(name, value).success).toBe(false);
  });

  it('says of every error what it means', () => {
    for (const { meaning } of Object.values(ERRORS)) expect(meaning).toMatch(/^[A-Z].+\.$/);
  });
});

describe('room:join', () => {
  const join = { room: 'r', displayName: 'd', sources: [] };

  it('leaves the topology to the server unless it is given', () => {
    expect(parse('room:join', join).data).toEqual({
      ...join,
      relayOnly: false,
      topology: 'auto',
      videoCodecs: ['VP8'],
      visibility: 'private',
    });
    expect(parse('room:join', { ...join, topology: 'ring' }).success).toBe(false);
  });

  it('takes each source once', () => {
    const mic = { source: 'mic', muted: false };
    const camera = { source: 'camera', muted: true };
    expect(parse('room:join', { ...join, sources: [mic, camera] }).success).toBe(true);
    expect(parse('room:join', { ...join, sources: [mic, { ...mic, muted: true }] }).success).toBe(false);
    expect(parse('room:join', { ...join, sources: [{ source: 'smell', muted: false }] }).success).toBe(false);
  });
});

describe('transport:receive', () => {
  it('keeps keys of RTP capabilities that a newer mediasoup may add', () => {
    const rtpCapabilities = { codecs: [], novelty: { a: 1 } };
    expect(parse('transport:receive', { transportId: 't', rtpCapabilities }).data).toMatchObject({
      rtpCapabilities,
    });
  });
});

describe('participant:update', () => {
  it('wants a change', () => {
    expect(parse('participant:update', {}).success).toBe(false);
    expect(parse('participant:update', { displayName: 'x' }).success).toBe(true);
    expect(parse('participant:update', { sources: [] }).success).toBe(true);
    expect(parse('participant:update', { handRaised: false }).success).toBe(true);
  });
});

describe('link:signal', () => {
  const signal = (one: unknown) => parse('link:signal', { to: 'x', epoch: 1, signal: one }).success;

  it('passes descriptions and candidates, the last of which is null', () => {
    expect(
      signal({ type: 'description', description: { type: 'offer', sdp: 'v=0' }, sources: { 0: 'mic' } }),
    ).toBe(true);
    expect(signal({ type: 'description', description: { type: 'rollback' }, sources: {} })).toBe(true);
    expect(signal({ type: 'candidate', candidate: { candidate: '', sdpMid: null } })).toBe(true);
    expect(signal({ type: 'candidate', candidate: null })).toBe(true);
  });

  it('passes nothing else', () => {
    expect(signal({ type: 'candidate' })).toBe(false);
    expect(signal({ type: 'description', description: { type: 'offer' }, sources: { 0: 'smell' } })).toBe(
      false,
    );
    expect(
      signal({ type: 'description', description: { type: 'offer', sdp: 'x'.repeat(60_001) }, sources: {} }),
    ).toBe(false);
    expect(signal({ type: 'chat', text: 'hello' })).toBe(false);
  });
});
