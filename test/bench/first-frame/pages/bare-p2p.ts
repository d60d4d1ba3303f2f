import { io } from 'socket.io-client';
import { firstPresentedFrame, openDevices } from './first-frame.ts';

// What a WebRTC tutorial does, and nothing else: the least that a join over one peer connection costs.

let devices: MediaStream;

type Signal = { readonly description?: RTCSessionDescriptionInit; readonly candidate?: RTCIceCandidateInit };

window.firstFrame = {
  async prepare() {
    devices = await openDevices();
  },

  async join({ server, room, first }) {
    const start = performance.now();
    const socket = io(server, { transports: ['websocket'] });
    const connect = (): RTCPeerConnection => {
      const connection = new RTCPeerConnection();
      for (const track of devices.getTracks()) connection.addTrack(track, devices);
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate !== null) socket.emit('signal', { candidate });
      });
      return connection;
    };
    let connection: RTCPeerConnection | undefined;
    const frame = new Promise<number>((resolve) => {
      const watch = (): RTCPeerConnection => {
        const fresh = connect();
        fresh.addEventListener('track', ({ track }) => {
          if (track.kind === 'video') void firstPresentedFrame(new MediaStream([track])).then(resolve);
        });
        return fresh;
      };
      // Whoever is there calls the newcomer.
      socket.on('newcomer', () => {
        void (async () => {
          connection = watch();
          await connection.setLocalDescription();
          socket.emit('signal', { description: connection.localDescription });
        })();
      });
      socket.on('signal', ({ description, candidate }: Signal) => {
        void (async () => {
          if (candidate !== undefined) await connection?.addIceCandidate(candidate);
          if (description === undefined) return;
          connection = description.type === 'offer' ? watch() : connection;
          await connection?.setRemoteDescription(description);
          if (description.type !== 'offer') return;
          await connection?.setLocalDescription();
          socket.emit('signal', { description: connection?.localDescription });
        })();
      });
    });
    await socket.emitWithAck('join', room);
    return first ? -1 : (await frame) - start;
  },
};
