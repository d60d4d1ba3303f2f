import { Device, type types } from 'mediasoup-client';
import { io } from 'socket.io-client';
import { firstPresentedFrame, openDevices } from './first-frame.ts';

// What a mediasoup tutorial does, and nothing else: the least that a join over an SFU costs.

let devices: MediaStream;

interface Offered {
  readonly id: string;
  readonly producerId: string;
  readonly kind: types.MediaKind;
  readonly rtpParameters: types.RtpParameters;
}

window.firstFrame = {
  async prepare() {
    devices = await openDevices();
  },

  async join({ server, room, first }) {
    const start = performance.now();
    const socket = io(server, { transports: ['websocket'] });
    const ask = <Answer>(name: string, payload: object = {}): Promise<Answer> =>
      socket.emitWithAck(name, payload) as Promise<Answer>;

    const device = await Device.factory();
    const routerRtpCapabilities = await ask<types.RtpCapabilities>('capabilities', { room });
    await device.load({ routerRtpCapabilities });
    const setup = await ask<{ send: types.TransportOptions; recv: types.TransportOptions }>('join', {
      rtpCapabilities: device.recvRtpCapabilities,
    });
    const send = device.createSendTransport(setup.send);
    const recv = device.createRecvTransport(setup.recv);
    for (const transport of [send, recv]) {
      transport.on('connect', ({ dtlsParameters }, done, failed) => {
        ask('connect-transport', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
      });
    }
    send.on('produce', ({ kind, rtpParameters }, done, failed) => {
      ask<{ id: string }>('produce', { kind, rtpParameters }).then(done, failed);
    });
    const frame = new Promise<number>((resolve) => {
      socket.on('consumer', (offered: Offered) => {
        void (async () => {
          const consumer = await recv.consume(offered);
          await ask('resume', { consumerId: consumer.id });
          if (consumer.kind === 'video')
            resolve(await firstPresentedFrame(new MediaStream([consumer.track])));
        })();
      });
    });
    socket.emit('ready');
    for (const track of devices.getTracks()) {
      await send.produce({
        track,
        ...(track.kind === 'video'
          ? { encodings: [{ scaleResolutionDownBy: 2 }, { scaleResolutionDownBy: 1 }] }
          : {}),
      });
    }
    return first ? -1 : (await frame) - start;
  },
};
