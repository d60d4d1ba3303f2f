import { Call } from '#client';
import type { MadeUpPerson } from '../people.ts';

/** Many people on one page, each with a call of their own: they are seen, and look at nobody. */
export interface CrowdPage {
  /** @param height of what their cameras send */
  enter(server: string, room: string, people: readonly MadeUpPerson[], height: number): Promise<void>;
  say(person: number, text: string): Promise<void>;
  raiseHand(person: number): Promise<void>;
  setMuted(person: number): Promise<void>;
  share(person: number): Promise<void>;
  leave(): Promise<void>;
}

declare global {
  interface Window {
    crowd: CrowdPage;
  }
}

const calls: Call[] = [];

function callOf(person: number): Call {
  const call = calls[person];
  if (call === undefined) throw new Error(`expected one of ${calls.length} people, got ${person}`);
  return call;
}

/** A microphone that nobody speaks into. */
function silence(): MediaStreamTrack {
  const [track] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks();
  if (track === undefined) throw new Error('expected a silent track');
  return track;
}

window.crowd = {
  async enter(serverUrl, room, people, height) {
    for (const { name, look } of people) {
      const call = new Call({ serverUrl, room, displayName: name, topology: 'sfu' });
      calls.push(call);
      call.setVisibility('public');
      call.on('changed', ({ participants }) => {
        for (const { id } of participants) call.prefer(id, 'camera', { visible: false });
      });
      await call.publish('camera', window.cameraOf(look, (height * 16) / 9, height, 5));
      await call.publish('mic', silence());
      await call.join();
    }
  },
  async say(person, text) {
    await callOf(person).chat.send(text);
  },
  async raiseHand(person) {
    await callOf(person).raiseHand();
  },
  async setMuted(person) {
    await callOf(person).setMuted('mic', true);
  },
  async share(person) {
    const { [0]: track } = (await navigator.mediaDevices.getDisplayMedia()).getVideoTracks();
    if (track === undefined) throw new Error('expected a screen');
    await callOf(person).publish('screen', track);
  },
  async leave() {
    await Promise.all(calls.splice(0).map((call) => call.leave()));
  },
};
