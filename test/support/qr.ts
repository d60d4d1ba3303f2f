import type { Locator } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';

/** A module is so many pixels wide, as for a camera that is held close enough. */
const SCALE = 4;

// oxlint-disable-next-line no-control-regex -- SGR sequences (ECMA-48 §8.3.117) begin with a control character
const CELL = /\u001b\[([\d;]+)m {2}/g;
/** SGR's parameter for a black background. */
const BLACK = '40';

/** What a QR code in a terminal says: one line for each row, two coloured blanks for each module. */
export function readTerminalQr(text: string): string {
  const rows = text
    .split('\n')
    .map((line) => [...line.matchAll(CELL)].map(([, colours = '']) => colours.split(';').includes(BLACK)))
    .filter((row) => row.length > 0);
  return readQr(rows);
}

/** What a matrix of modules says, of which those that are `true` are dark. */
export function readQr(rows: readonly (readonly boolean[])[]): string {
  const width = (rows[0]?.length ?? 0) * SCALE;
  const height = rows.length * SCALE;
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const row = rows[Math.floor(pixel / width / SCALE)];
    const isDark = row?.[Math.floor((pixel % width) / SCALE)] ?? false;
    data.fill(isDark ? 0 : 255, pixel * 3, pixel * 3 + 3);
  }
  return decodeQR({ width, height, data });
}

/** What the QR code in a page says, as a camera in front of the screen would see it. */
export async function readShownQr(code: Locator): Promise<string> {
  const png = (await code.screenshot()).toString('base64');
  const image = await code.page().evaluate(async (data) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${data}`;
    await picture.decode();
    const { naturalWidth: width, naturalHeight: height } = picture;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('there is no canvas');
    context.drawImage(picture, 0, 0);
    return { width, height, data: [...context.getImageData(0, 0, width, height).data] };
  }, png);
  return decodeQR({ ...image, data: Uint8Array.from(image.data) });
}
