/** A larger message, SDP included, is refused with `PAYLOAD_TOO_LARGE`. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

/** A message beyond this is not even read: it ends the connection. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** How often one may write: nobody does faster for long, and whoever pastes some lines one by one is not held up. */
export const CHAT_RATE = { burst: 10, refillMs: 1000 } as const;

/** How often one may react. */
export const REACTION_RATE = { burst: 10, refillMs: 500 } as const;

/** The Socket.IO namespace of this protocol's first version. */
export const NAMESPACE = '/v1';
