export { FakeMediaEngine, FAKE_RTP_CAPABILITIES } from './fake-media-engine.ts';
