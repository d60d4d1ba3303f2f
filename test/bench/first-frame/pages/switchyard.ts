import { Call } from '#client';
import type { TopologyWish } from '#protocol';
import { firstPresentedFrame, openDevices } from './first-frame.ts';

let devices: MediaStream;

/** Which topology is measured is in the page's address. */
const topology = new URLSearchParams(location.search).get('topology') as TopologyWish;

window.firstFrame = {
  async prepare() {
    devices = await openDevices();
  },

  async join({ server, room, first }) {
    const start = performance.now();
    const call = new Call({ serverUrl: server, room, displayName: 'Bench', topology });
    const frame = new Promise<number>((resolve) => {
      const stop = call.on('changed', ({ participants: [other] }) => {
        if (other === undefined) return;
        stop();
        void firstPresentedFrame(other.stream).then(resolve);
      });
    });
    for (const track of devices.getTracks()) {
      await call.publish(track.kind === 'audio' ? 'mic' : 'camera', track);
    }
    await call.join();
    return first ? -1 : (await frame) - start;
  },
};
