// As much of RFC 6455 as a client of an Engine.IO server needs: text frames that are whole, and the end.

const TEXT = 0x1;
const CLOSE = 0x8;
const FINAL = 0x80;
const MASKED = 0x80;
/** Browsers take a new one each time. For what the server does with it, any will do. */
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
const SHORT = 125;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/** A text frame, masked as a client has to (RFC 6455 §5.3). */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length > 0xffff) throw new Error(`expected a frame of at most 65535 bytes, got ${length}`);
  const start = length > SHORT ? 8 : 6;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = FINAL | TEXT;
  if (length > SHORT) {
    frame[1] = MASKED | LENGTH_16;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = MASKED | length;
  }
  MASK.copy(frame, start - MASK.length);
  frame.write(text, start);
  for (let index = 0; index < length; index += 1) {
    frame[start + index] = (frame[start + index] ?? 0) ^ (MASK[index & 3] ?? 0);
  }
  return frame;
}

/** Takes what a server sends, in pieces of any size, and hands out the texts. */
export class FrameReader {
  readonly #onText: (text: string) => void;
  #rest: Buffer | undefined;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  /** @throws Error on a frame that such a server does not send */
  push(chunk: Buffer): void {
    let buffer = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const read = this.#readFrame(buffer);
      if (read === 0) break;
      buffer = buffer.subarray(read);
    }
    this.#rest = buffer.length === 0 ? undefined : buffer;
  }

  /** Says how many bytes the first frame has; 0 if it is not all there yet. */
  #readFrame(buffer: Buffer): number {
    const [first, second] = buffer;
    if (first === undefined || second === undefined) return 0;
    let start = 2;
    let length = second;
    if (second === LENGTH_16) {
      start = 4;
      if (buffer.length < start) return 0;
      length = buffer.readUInt16BE(2);
    } else if (second === LENGTH_64) {
      start = 10;
      if (buffer.length < start) return 0;
      length = Number(buffer.readBigUInt64BE(2));
    }
    const end = start + length;
    if (buffer.length < end) return 0;
    if (first === (FINAL | TEXT)) this.#onText(buffer.toString('utf8', start, end));
    else if (first !== (FINAL | CLOSE))
      throw new Error(`expected a text frame, got one that begins with ${first}`);
    return end;
  }
}
