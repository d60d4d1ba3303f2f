import { recall, remember } from '../remembered.ts';

export type DeviceSource = 'mic' | 'camera';

/** Which device: one of those there are, or of a phone's cameras the one that looks at the person, or away. */
export type DeviceChoice =
  | { readonly deviceId: string }
  | { readonly facing: 'user' | 'environment' }
  | { readonly any: true };

export const ANY: DeviceChoice = { any: true };

/** What is asked of a camera. A room does not need more, and a phone could not send it. */
const PICTURE: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 30 },
};

/**
 * What to ask the browser for. `exactly`: this device or none, for whoever has just chosen it; otherwise another one will do, for a
 * device that was remembered may have stayed at home.
 */
export function constraintsFor(
  source: DeviceSource,
  choice: DeviceChoice,
  exactly: boolean,
): MediaStreamConstraints {
  const wish = (value: string): ConstrainDOMStringParameters =>
    exactly ? { exact: value } : { ideal: value };
  if (source === 'mic') return { audio: 'deviceId' in choice ? { deviceId: wish(choice.deviceId) } : true };
  if ('deviceId' in choice) return { video: { ...PICTURE, deviceId: wish(choice.deviceId) } };
  // Not exactly, even when asked for: a phone may have no name for its second camera.
  return { video: { ...PICTURE, facingMode: 'facing' in choice ? choice.facing : 'user' } };
}

export function rememberedChoice(source: DeviceSource): DeviceChoice {
  const kept = recall(`${source}-device`);
  if (kept === null) return ANY;
  if (kept === 'facing:user' || kept === 'facing:environment') {
    return { facing: kept === 'facing:user' ? 'user' : 'environment' };
  }
  return { deviceId: kept };
}

export function rememberChoice(source: DeviceSource, choice: DeviceChoice): void {
  if ('deviceId' in choice) remember(`${source}-device`, choice.deviceId);
  else if ('facing' in choice) remember(`${source}-device`, `facing:${choice.facing}`);
}
