import type { ParticipantId } from '#protocol';
import type { FailedPath, HandoverOutcome } from './handover.ts';

/** More than these nobody reads: one who is not reached, in a room of fifty, is missing to forty-nine. */
const NAMED = 8;

/**
 * Who did not get whom, and why, in the words of a log line: each receiver with the senders that it missed for the same cause.
 * Empty if nothing was missing.
 */
export function whatWasMissing(outcome: HandoverOutcome, nameOf: (id: ParticipantId) => string): string {
  if (outcome.kind === 'none') return '';
  if (outcome.failed.length > 0) return describe(outcome.failed, nameOf);
  if (outcome.kind === 'settled') return '';
  switch (outcome.reason) {
    case 'superseded':
      return 'the room changed meanwhile';
    case 'media-unavailable':
      return 'the media worker was lost';
    case 'deadline':
    case 'path-failed':
      return '';
  }
}

function describe(failed: readonly FailedPath[], nameOf: (id: ParticipantId) => string): string {
  const missed = new Map<string, { receiver: ParticipantId; cause: string; senders: ParticipantId[] }>();
  for (const { receiver, sender, cause } of failed) {
    const key = `${receiver} ${cause}`;
    const entry = missed.get(key) ?? { receiver, cause, senders: [] };
    entry.senders.push(sender);
    missed.set(key, entry);
  }
  const sentences = [...missed.values()].map(
    ({ receiver, cause, senders }) =>
      `${nameOf(receiver)} did not get ${list(senders.map(nameOf), ', ')}: ${cause}`,
  );
  return list(sentences, '; ');
}

function list(items: readonly string[], separator: string): string {
  const more = items.length - NAMED;
  return [...items.slice(0, NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}
