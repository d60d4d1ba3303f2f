/** A larger message, SDP included, is refused with `PAYLOAD_TOO_LARGE`. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

/** A message beyond this is not even read: it ends the connection. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** The Socket.IO namespace of this protocol's first version. */
export const NAMESPACE = '/v1';
