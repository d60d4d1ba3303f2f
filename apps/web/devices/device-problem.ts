/**
 * Why a device cannot be used, each with its own remedy. `denied`: by the person, or the page's embedder; `denied-by-system`: by the
 * operating system; `insecure`: browsers give devices to HTTPS and localhost only; `unplugged`: it was there and went away.
 */
export type DeviceProblem =
  | 'denied'
  | 'denied-by-system'
  | 'absent'
  | 'busy'
  | 'insecure'
  | 'unplugged'
  | 'unknown';

/** Reads what `getUserMedia` was rejected with (W3C Media Capture and Streams §10.2). */
export function deviceProblem(error: unknown, isSecureContext: boolean): DeviceProblem {
  if (!isSecureContext) return 'insecure';
  // Not every browser's OverconstrainedError is an Error.
  const { name, message = '' } = Object(error) as Partial<Error>;
  switch (name) {
    case 'NotAllowedError':
      // Chrome says in its message alone that it was not the person who refused.
      return message.includes('by system') ? 'denied-by-system' : 'denied';
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'absent';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unknown';
  }
}
