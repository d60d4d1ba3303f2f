import type { ChatMessageView } from '#client';

/** How many messages of others were sent since the last one that was seen. */
export const unreadCount = (messages: readonly ChatMessageView[], seenUntil: number): number =>
  messages.filter(({ mine, sentAt }) => !mine && sentAt > seenUntil).length;

/** As it fits onto a button. */
export const shortCount = (count: number): string => (count > 99 ? '99+' : `${count}`);
