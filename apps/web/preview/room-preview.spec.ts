import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CallError, type Call } from '#client';
import { RoomPreview } from './room-preview.ts';

const answerOf = (displayNames: string[]) => ({
  displayNames,
  topology: null,
  visibility: displayNames.length === 0 ? null : ('public' as const),
  routerRtpCapabilities: {},
});

describe('RoomPreview', () => {
  const look = jest.fn<Call['preview']>();
  let preview: RoomPreview;
  beforeEach(() => {
    jest.useFakeTimers();
    look.mockReset();
    preview = new RoomPreview({ preview: look });
  });
  afterEach(() => {
    preview.stop();
    jest.useRealTimers();
  });

  it('knows nothing before the first answer, and follows the room after it', async () => {
    look.mockResolvedValueOnce(answerOf([])).mockResolvedValueOnce(answerOf(['Ada']));
    preview.start();
    expect(preview.displayNames.get()).toBeNull();
    await jest.advanceTimersByTimeAsync(0);
    expect([preview.displayNames.get(), preview.visibility.get()]).toEqual([[], null]);
    await jest.advanceTimersByTimeAsync(5000);
    expect([preview.displayNames.get(), preview.visibility.get()]).toEqual([['Ada'], 'public']);
  });

  it('says nothing of a server that is not reached, and looks again', async () => {
    look
      .mockRejectedValueOnce(new CallError('SERVER_UNREACHABLE', 'm', true))
      .mockResolvedValue(answerOf(['Ada']));
    preview.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(preview.displayNames.get()).toBeNull();
    await jest.advanceTimersByTimeAsync(5000);
    expect(preview.displayNames.get()).toEqual(['Ada']);
  });

  it('looks no more once it is stopped, even if an answer is still on its way', async () => {
    look.mockResolvedValue(answerOf(['Ada']));
    preview.start();
    preview.stop();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(look).toHaveBeenCalledTimes(1);
    expect(preview.displayNames.get()).toBeNull();
  });
});
