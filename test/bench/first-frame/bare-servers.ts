import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWorker, type types } from 'mediasoup';
import { Server, type Socket } from 'socket.io';

// Two servers as small as they can be: they check nothing, know one room a name, and forget nothing. They are what ours is measured against.

export interface BareServer {
  readonly url: string;
  close(): Promise<void>;
}

async function listen(
  onServer: (io: Server) => void,
  onClose: () => void = () => undefined,
): Promise<BareServer> {
  const http = createServer();
  const io = new Server(http);
  onServer(io);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await io.close();
      onClose();
    },
  };
}

/** Passes everything on to the others in the room. */
export function startBareRelay(): Promise<BareServer> {
  return listen((io) => {
    io.on('connection', (socket) => {
      socket.on('join', async (room: string, ack: () => void) => {
        socket.to(room).emit('newcomer');
        await socket.join(room);
        ack();
      });
      socket.on('signal', (signal: unknown) => socket.to([...socket.rooms].slice(1)).emit('signal', signal));
    });
  });
}

type Ack = (answer: unknown) => void;

interface Peer {
  readonly socket: Socket;
  readonly rtpCapabilities: types.RtpCapabilities;
  readonly send: types.WebRtcTransport;
  readonly recv: types.WebRtcTransport;
  readonly producers: types.Producer[];
  readonly consumers: Map<string, types.Consumer>;
  ready: boolean;
}

/** mediasoup with one worker, a router a room, and the codecs that ours has first. */
export async function startBareSfu(port: number): Promise<BareServer> {
  const worker = await createWorker({ logLevel: 'error' });
  const webRtcServer = await worker.createWebRtcServer({
    listenInfos: [
      { protocol: 'udp', ip: '127.0.0.1', port },
      { protocol: 'tcp', ip: '127.0.0.1', port },
    ],
  });
  const rooms = new Map<string, { readonly router: Promise<types.Router>; readonly peers: Set<Peer> }>();
  const roomOf = (name: string) => {
    const known = rooms.get(name);
    if (known !== undefined) return known;
    const router = worker.createRouter({
      mediaCodecs: [
        { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
        { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
      ],
    });
    const room = { router, peers: new Set<Peer>() };
    rooms.set(name, room);
    return room;
  };
  const optionsOf = ({ id, iceParameters, iceCandidates, dtlsParameters }: types.WebRtcTransport) => ({
    id,
    iceParameters,
    iceCandidates,
    dtlsParameters,
  });
  const offer = async (to: Peer, producer: types.Producer): Promise<void> => {
    const consumer = await to.recv.consume({
      producerId: producer.id,
      rtpCapabilities: to.rtpCapabilities,
      paused: true,
    });
    to.consumers.set(consumer.id, consumer);
    const { id, producerId, kind, rtpParameters } = consumer;
    to.socket.emit('consumer', { id, producerId, kind, rtpParameters });
  };

  return listen(
    (io) => {
      io.on('connection', (socket) => {
        let room: ReturnType<typeof roomOf>;
        let self: Peer;
        socket.on(
          'capabilities',
          async ({ room: name }: { room: string }, ack: (answer: unknown) => void) => {
            room = roomOf(name);
            ack((await room.router).rtpCapabilities);
          },
        );
        socket.on(
          'join',
          async ({ rtpCapabilities }: { rtpCapabilities: types.RtpCapabilities }, ack: Ack) => {
            const router = await room.router;
            const options = { webRtcServer, initialAvailableOutgoingBitrate: 3_000_000 };
            const [send, recv] = await Promise.all([
              router.createWebRtcTransport(options),
              router.createWebRtcTransport(options),
            ]);
            self = { socket, rtpCapabilities, send, recv, producers: [], consumers: new Map(), ready: false };
            room.peers.add(self);
            ack({ send: optionsOf(send), recv: optionsOf(recv) });
          },
        );
        socket.on('ready', async () => {
          self.ready = true;
          for (const peer of room.peers) {
            if (peer !== self) await Promise.all(peer.producers.map((producer) => offer(self, producer)));
          }
        });
        socket.on(
          'connect-transport',
          async (
            { transportId, dtlsParameters }: { transportId: string; dtlsParameters: types.DtlsParameters },
            ack: Ack,
          ) => {
            await (self.send.id === transportId ? self.send : self.recv).connect({ dtlsParameters });
            ack({});
          },
        );
        socket.on('produce', async (options: types.ProducerOptions, ack: Ack) => {
          const producer = await self.send.produce(options);
          self.producers.push(producer);
          ack({ id: producer.id });
          for (const peer of room.peers) if (peer !== self && peer.ready) await offer(peer, producer);
        });
        socket.on('resume', async ({ consumerId }: { consumerId: string }, ack: Ack) => {
          await self.consumers.get(consumerId)?.resume();
          ack({});
        });
        socket.on('disconnect', () => {
          if (self === undefined) return;
          room.peers.delete(self);
          self.send.close();
          self.recv.close();
        });
      });
    },
    () => worker.close(),
  );
}
