import { describe, expect, it } from '@jest/globals';
import { FrameRecorder } from './frame-recorder.ts';

/** A video element as far as a recorder knows one: frames are presented when the test says so. */
class Screen {
  #listener: VideoFrameRequestCallback | null = null;

  requestVideoFrameCallback(listener: VideoFrameRequestCallback): number {
    this.#listener = listener;
    return 1;
  }

  cancelVideoFrameCallback(): void {
    this.#listener = null;
  }

  /** The page hears of a frame, the `presentedFrames`-th that there was. */
  present(presentationTime: number, presentedFrames: number): void {
    this.#listener?.(presentationTime, {
      presentationTime,
      presentedFrames,
      expectedDisplayTime: presentationTime,
      width: 640,
      height: 360,
      mediaTime: 0,
    });
  }
}

function record(frames: readonly (readonly [time: number, presented: number])[]): FrameRecorder {
  const screen = new Screen();
  const recorder = new FrameRecorder(screen);
  for (const [time, presented] of frames) screen.present(time, presented);
  return recorder;
}

const STEADY = [0, 1, 2, 3, 4].map((n) => [n * 40, n + 1] as const);

describe('FrameRecorder', () => {
  it('tells the times between frames', () => {
    expect(record(STEADY).intervals(0, 1000)).toEqual([40, 40, 40, 40]);
  });

  it('counts a frame that the busy page never heard of: it was on the screen', () => {
    const recorder = record([...STEADY, [240, 7]]);
    expect(recorder.intervals(160, 1000)).toEqual([40, 40]);
  });

  it('takes unheard frames to have come at the usual pace, so that a gap stays a gap', () => {
    const recorder = record([...STEADY, [460, 7]]);
    expect(recorder.intervals(160, 1000)).toEqual([40, 260]);
  });

  it('sees a gap with nothing presented in it as what it is', () => {
    expect(record([...STEADY, [460, 6]]).intervals(160, 1000)).toEqual([300]);
  });

  it('does not blame a span for what came before it: a camera that was off', () => {
    expect(record([...STEADY, [9000, 6], [9040, 7]]).intervals(8950, 10_000)).toEqual([50, 40]);
  });

  it('hears nothing once it is stopped', () => {
    const screen = new Screen();
    const recorder = new FrameRecorder(screen);
    screen.present(0, 1);
    recorder.stop();
    screen.present(40, 2);
    expect(recorder.intervals(0, 1000)).toEqual([]);
  });
});
