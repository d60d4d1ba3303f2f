import { beforeEach, describe, expect, it } from '@jest/globals';
import { SpeechDetector } from './speech-detector.ts';

let detector: SpeechDetector;

beforeEach(() => {
  detector = new SpeechDetector();
});

const hear = (level: number, times: number): boolean[] =>
  Array.from({ length: times }, () => detector.hear(level));

const LOUD = 0.1;
const QUIET = 0.001;

describe('speech', () => {
  it('is what stays loud for half a second', () => {
    expect(hear(LOUD, 6)).toEqual([false, false, false, false, true, true]);
  });

  it('may have pauses between its words', () => {
    const heard = [LOUD, LOUD, QUIET, LOUD, QUIET, LOUD, QUIET, LOUD].map((level) => detector.hear(level));
    expect(heard.at(-1)).toBe(true);
  });

  it('is not a cough, however often', () => {
    const heard = Array.from({ length: 5 }, () => [...hear(LOUD, 3), ...hear(QUIET, 20)]).flat();
    expect(heard).not.toContain(true);
  });

  it('is not a room that is quiet', () => {
    expect(hear(0.008, 100)).not.toContain(true);
  });

  it('is over after three seconds of silence', () => {
    hear(LOUD, 10);
    expect(hear(QUIET, 29)).not.toContain(false);
    expect(detector.hear(QUIET)).toBe(false);
  });
});
