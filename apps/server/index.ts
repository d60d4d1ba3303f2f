export { createServer, type RunningServer } from './create-server.ts';
