export { Room, type RoomSettings, type Admission } from './room.ts';
export { Participant, type ParticipantChange } from './participant.ts';
export { RoomDirectory, type RoomDirectoryOptions, type Seat } from './room-directory.ts';
export { PublicRoomList } from './public-room-list.ts';
export { RoomOutlet } from './room-outlet.ts';
export { permissionsOf, requirePermission } from './permissions.ts';
export type { Conversation } from './conversation.ts';
export { ConversationDirectory } from './conversation-directory.ts';
