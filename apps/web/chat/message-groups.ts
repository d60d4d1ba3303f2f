import type { ChatMessageView } from '#client';

/** After so long a silence it is said again who speaks, and when. */
const PAUSE_MS = 5 * 60_000;

/** Whether a message is headed by its sender's name, or belongs to the one before. */
export function beginsGroup(before: ChatMessageView | undefined, message: ChatMessageView): boolean {
  return (
    before === undefined ||
    before.from.id !== message.from.id ||
    before.from.displayName !== message.from.displayName ||
    before.to?.id !== message.to?.id ||
    message.sentAt - before.sentAt > PAUSE_MS
  );
}
