import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** As `Accept-Encoding` names them, the better one first, and what the build appends to a file's name. */
const ENCODINGS = { br: '.br', gzip: '.gz' } as const;

/** By the name of the file that is asked for: that of the one that is sent says nothing. */
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Turns a request for a file into one for what the build has laid beside it, compressed, where the browser takes that. */
export function compressedAssets(folder: string): RequestHandler {
  // They do not change while the server runs.
  const files = new Set(readdirSync(folder));
  return (request: Request, response: Response, next: NextFunction) => {
    const name = request.path.slice(1);
    const type = TYPES[extname(name)];
    const available = (['br', 'gzip'] as const).filter((one) => files.has(name + ENCODINGS[one]));
    if (type !== undefined && available.length > 0) {
      // RFC 9110 §12.5.5: caches keep one answer for each.
      response.vary('Accept-Encoding');
      const encoding = available.find((one) => one === request.acceptsEncodings(...available));
      if (encoding !== undefined) {
        response.setHeader('Content-Encoding', encoding);
        response.setHeader('Content-Type', type);
        request.url = request.url.replace(name, name + ENCODINGS[encoding]);
      }
    }
    next();
  };
}
