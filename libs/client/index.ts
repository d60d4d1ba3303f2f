export { Call, type AttachOptions, type CallEvents, type CallOptions, type ReactionView } from './call.ts';
export type { VideoPriority, VideoWish } from './video-demands.ts';
export { CallError, type CallErrorCode } from './call-error.ts';
export type {
  CallSnapshot,
  CallState,
  LocalParticipantView,
  RemoteParticipantView,
} from './call-snapshot.ts';
export { watchRooms, type RoomsWatchOptions } from './watch-rooms.ts';
export type { Chat, ChatSendOptions } from './chat.ts';
export type { ChatMessageView, ChatSnapshot } from './chat-log.ts';
export type { SwitchRule } from './path-prover.ts';
export type { PathReport } from './path-report.ts';
export type { MediaPlane, PlaneEvents } from './media-plane.ts';
