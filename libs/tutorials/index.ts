export { TutorialsGateway } from './tutorials.gateway.ts';
export type { RoomCounts } from './vocabulary.ts';
export { TUTORIALS_SERVER_OPTIONS, TutorialsModule, type TutorialsOptions } from './tutorials.module.ts';
