import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  consumerIdSchema,
  participantIdSchema,
  type RequestAnswer,
  type RequestInput,
  type RequestName,
} from '#protocol';
import { AdaptiveStream, type ReceivedVideo } from './adaptive-stream.ts';
import type { VideoDemand } from './video-demands.ts';

const VIDEO: ReceivedVideo = {
  consumerId: consumerIdSchema.parse('consumer'),
  participantId: participantIdSchema.parse('ada'),
  source: 'camera',
  spatialLayers: 3,
  size: { width: 1280, height: 720 },
};
const FULL: VideoDemand = { shown: { width: 1280, height: 720 }, priority: 'normal' };
const SMALL: VideoDemand = { shown: { width: 320, height: 180 }, priority: 'normal' };
const HIDDEN: VideoDemand = { shown: null, priority: 'normal' };

/** Longer than anything waits. */
const LATER_MS = 1000;

let asked: [string, object][];
let demand: VideoDemand;
let known: boolean;
let stream: AdaptiveStream;

const request = <Name extends RequestName>(
  name: Name,
  payload: RequestInput<Name>,
): Promise<RequestAnswer<Name>> => {
  const { consumerId, ...rest } = payload as { consumerId: string };
  expect(consumerId).toBe(VIDEO.consumerId);
  asked.push([name, rest]);
  return Promise.resolve({} as RequestAnswer<Name>);
};

function want(next: VideoDemand): void {
  demand = next;
  stream.changed(VIDEO.participantId, VIDEO.source);
}

/** What was asked for since the last time. */
const news = (): [string, object][] => asked.splice(0);

beforeEach(() => {
  jest.useFakeTimers();
  asked = [];
  demand = FULL;
  known = true;
  stream = new AdaptiveStream({ request }, { of: () => demand, knows: () => known });
});
afterEach(() => {
  stream.close();
  jest.useRealTimers();
});

const prefer = (spatialLayer: number, priority = 1): [string, object] => [
  'consumer:prefer',
  { spatialLayer, priority },
];
const PAUSE: [string, object] = ['consumer:pause', {}];
const RESUME: [string, object] = ['consumer:resume', {}];

describe('a video that is received', () => {
  it('is asked for as it is seen, at once when that is known', () => {
    demand = SMALL;
    stream.follow('demand');
    stream.add(VIDEO);
    expect(news()).toEqual([prefer(0)]);
  });

  it('is not asked for at all when it is seen in full: that is how the server begins', () => {
    stream.follow('demand');
    stream.add(VIDEO);
    jest.advanceTimersByTime(LATER_MS);
    expect(news()).toEqual([]);
  });

  it('that no element shows yet is given a moment', () => {
    [demand, known] = [HIDDEN, false];
    stream.follow('demand');
    stream.add(VIDEO);
    expect(news()).toEqual([]);
    jest.advanceTimersByTime(LATER_MS);
    expect(news()).toEqual([PAUSE]);
  });

  describe('while no handover is under way', () => {
    beforeEach(() => {
      stream.follow('demand');
      stream.add(VIDEO);
    });

    it('is asked for smaller only when that lasts', () => {
      want(SMALL);
      jest.advanceTimersByTime(299);
      expect(news()).toEqual([]);
      want(FULL);
      jest.advanceTimersByTime(LATER_MS);
      expect(news()).toEqual([]);
      want(SMALL);
      jest.advanceTimersByTime(300);
      expect(news()).toEqual([prefer(0)]);
    });

    it('is paused when it is not seen, and resumed at once, in the size that it is seen in then', () => {
      want(HIDDEN);
      jest.advanceTimersByTime(LATER_MS);
      expect(news()).toEqual([PAUSE]);
      want(SMALL);
      expect(news()).toEqual([prefer(0), RESUME]);
      want(FULL);
      expect(news()).toEqual([prefer(2)]);
    });

    it('has its priority raised and lowered', () => {
      want({ ...FULL, priority: 'high' });
      expect(news()).toEqual([prefer(2, 10)]);
      want(FULL);
      expect(news()).toEqual([prefer(2)]);
    });

    it('is asked nothing more of when it has ended', () => {
      want(SMALL);
      stream.remove(VIDEO.consumerId);
      want(HIDDEN);
      jest.advanceTimersByTime(LATER_MS);
      expect(news()).toEqual([]);
      expect(jest.getTimerCount()).toBe(0);
    });
  });

  describe('during a handover', () => {
    it('is everything in the plane that is proven, and what is seen of it after that', () => {
      demand = HIDDEN;
      stream.add(VIDEO);
      want(SMALL);
      jest.advanceTimersByTime(LATER_MS);
      expect(news()).toEqual([]);
      stream.follow('demand');
      jest.advanceTimersByTime(LATER_MS);
      expect(news()).toEqual([prefer(0)]);
    });

    it('gets no smaller in the plane that is live, and larger at once', () => {
      demand = SMALL;
      stream.follow('demand');
      stream.add(VIDEO);
      news();
      stream.follow('only-more');
      want(FULL);
      expect(news()).toEqual([prefer(2)]);
      want(HIDDEN);
      jest.advanceTimersByTime(LATER_MS);
      expect(news()).toEqual([]);
      stream.follow('demand');
      jest.advanceTimersByTime(LATER_MS);
      expect(news()).toEqual([PAUSE]);
    });

    it('that was about to get smaller when it began does not', () => {
      stream.follow('demand');
      stream.add(VIDEO);
      want(SMALL);
      stream.follow('only-more');
      jest.advanceTimersByTime(LATER_MS);
      expect(news()).toEqual([]);
    });
  });
});
