export { ConferenceModule } from './conference.module.ts';
export { Conference, type ConferenceCounts } from './conference.ts';
export type { ConferenceOptions } from './conference-options.ts';
export { ConferenceIoAdapter, type ConferenceIoAdapterOptions } from '#signaling';
