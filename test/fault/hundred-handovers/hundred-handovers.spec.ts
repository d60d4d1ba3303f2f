// What one handover leaves behind, a hundred leave a hundred times.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { grown, type Story } from './story-reading.ts';

const STORY_MS = 380_000;
const HEAP_GROWTH = 1.05;

describe('a hundred handovers in one room', () => {
  let story: Story;

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'story.ts')], {
      timeout: STORY_MS,
      maxBuffer: 16 * 1024 * 1024,
    });
    story = JSON.parse(stdout) as Story;
  }, STORY_MS);

  it('were a hundred', () => {
    expect(story.epoch).toBeGreaterThanOrEqual(101);
    expect(story.errors).toEqual([]);
  });

  it('leave no transport, producer, consumer, link, listener or timer more than the first', () => {
    expect(grown(story.first, story.last)).toEqual([]);
    expect(story.connectionsInSfu).toEqual([2, 2, 2, 2]);
    expect(story.connectionsInMesh).toEqual([1, 1]);
  });

  it('let no heap grow by more than 5 %', () => {
    const growth = [
      story.last.server.heapBytes / story.warm.server.heapBytes,
      ...story.last.pages.map(
        ({ heapBytes }, index) => heapBytes / (story.warm.pages[index]?.heapBytes ?? 0),
      ),
    ];
    expect(growth).toHaveLength(3);
    expect(Math.max(...growth)).toBeLessThan(HEAP_GROWTH);
  });
});
