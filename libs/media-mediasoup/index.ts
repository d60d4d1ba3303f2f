export { MediasoupEngine } from './mediasoup-engine.ts';
