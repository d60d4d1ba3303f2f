import { SIGNALS, SDP, candidate, eachSignal } from './signals.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The codelab's: rooms of two. */
export const codelab: Vocabulary = {
  name: 'codelab',
  namespace: '',
  size: 2,
  async join(wire, room, index) {
    const entered = wire.heardEvent(index === 0 ? 'created' : 'joined');
    wire.emit('create or join', room);
    await entered;
  },
  async exchange(members) {
    for (const { wire } of members) {
      const others = members.filter((member) => member.wire !== wire);
      const heard = Promise.all(others.map((other) => other.wire.heardEvent('message', SIGNALS)));
      eachSignal((index) =>
        wire.emit(
          'message',
          index === 0
            ? { type: 'offer', sdp: SDP }
            : { type: 'candidate', label: 0, id: '0', candidate: candidate(index) },
        ),
      );
      await heard;
    }
  },
};

/** The one with a room to chat in and one to signal in. */
export const chat = (size: number): Vocabulary => ({
  name: 'chat and signal',
  namespace: '',
  size,
  async join(wire, room) {
    const entered = wire.heardEvent('announce');
    wire.emit('ready', { chat_room: room, signal_room: `${room} signals` });
    await entered;
  },
  async exchange(members, room) {
    for (const { wire } of members) {
      const others = members.filter((member) => member.wire !== wire);
      const heard = Promise.all(others.map((other) => other.wire.heardEvent('signaling_message', SIGNALS)));
      eachSignal((index) =>
        wire.emit('signal', {
          room: `${room} signals`,
          type: index === 0 ? 'SDP_Signal' : 'ICE_Candidate',
          message: JSON.stringify(
            index === 0 ? { type: 'offer', sdp: SDP } : { candidate: candidate(index) },
          ),
        }),
      );
      await heard;
    }
  },
});
