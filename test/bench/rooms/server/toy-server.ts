import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { Server } from 'socket.io';

// A signaling server as WebRTC tutorials have it, from what it says on the wire: it checks nothing, knows a room by how many are in it,
// and passes every message on to everybody else on the server.

const PEOPLE_IN_A_ROOM = 2;

const http = createServer();
const io = new Server(http);

io.on('connection', (socket) => {
  const log = (...words: readonly string[]): void => {
    socket.emit('log', ['Message from server:', ...words]);
  };

  socket.on('create or join', (room: string) => {
    const numClients = io.sockets.adapter.rooms.get(room)?.size ?? 0;
    log(`Received request to create or join room ${room}`);
    log(`Room ${room} now has ${numClients} client(s)`);
    if (numClients === 0) {
      void socket.join(room);
      log(`Client ID ${socket.id} created room ${room}`);
      socket.emit('created', room, socket.id);
    } else if (numClients < PEOPLE_IN_A_ROOM) {
      log(`Client ID ${socket.id} joined room ${room}`);
      io.sockets.in(room).emit('join', room);
      void socket.join(room);
      socket.emit('joined', room, socket.id);
      io.sockets.in(room).emit('ready');
    } else {
      socket.emit('full', room);
    }
  });

  socket.on('message', (message: unknown) => {
    log('Client said:', typeof message === 'string' ? message : JSON.stringify(message));
    socket.broadcast.emit('message', message);
  });

  socket.on('ipaddr', () => {
    for (const { family, internal, address } of Object.values(networkInterfaces()).flatMap(
      (all) => all ?? [],
    )) {
      if (family === 'IPv4' && !internal) socket.emit('ipaddr', address);
    }
  });

  socket.on('bye', () => log('Received bye'));
});

http.listen(Number(process.env.PORT), process.env.HOST, () => {
  process.stdout.write(`The toy is ready: open http://localhost:${process.env.PORT}\n`);
});
