import { Store } from '../store.ts';
import { listDevices } from './open-devices.ts';

/** The devices there are, again whenever one comes or goes. */
export class DeviceList {
  readonly devices = new Store<readonly MediaDeviceInfo[]>([]);

  /** Returns what ends it. */
  start(): () => void {
    const refresh = (): void => void this.refresh();
    refresh();
    if (!('mediaDevices' in navigator)) return () => undefined;
    navigator.mediaDevices.addEventListener('devicechange', refresh);
    return () => navigator.mediaDevices.removeEventListener('devicechange', refresh);
  }

  async refresh(): Promise<void> {
    this.devices.set(await listDevices());
  }
}
