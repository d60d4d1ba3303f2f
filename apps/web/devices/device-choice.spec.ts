import { describe, expect, it } from '@jest/globals';
import { ANY, constraintsFor } from './device-choice.ts';

describe('constraintsFor', () => {
  it('asks for any microphone, and for the camera that looks at the person', () => {
    expect(constraintsFor('mic', ANY, false)).toEqual({ audio: true });
    expect(constraintsFor('camera', ANY, false)).toMatchObject({ video: { facingMode: 'user' } });
  });

  it('wishes for the device that is remembered, and insists on the one that was just chosen', () => {
    const choice = { deviceId: 'desk' };
    expect(constraintsFor('mic', choice, false)).toEqual({ audio: { deviceId: { ideal: 'desk' } } });
    expect(constraintsFor('mic', choice, true)).toEqual({ audio: { deviceId: { exact: 'desk' } } });
    expect(constraintsFor('camera', choice, true)).toMatchObject({
      video: { deviceId: { exact: 'desk' }, height: { ideal: 360 } },
    });
  });

  it('turns to the other side of a phone', () => {
    expect(constraintsFor('camera', { facing: 'environment' }, true)).toMatchObject({
      video: { facingMode: 'environment' },
    });
  });
});
