import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { compressedAssets } from './compressed-assets.ts';

/** Paths of one segment that are not rooms. A room of such a name is opened with `/?room=NAME`. */
const RESERVED = new Set([
  'admin',
  'assets',
  'healthz',
  'metrics',
  'socket.io',
  'favicon.ico',
  'favicon.svg',
  'robots.txt',
]);

/** Serves the call client: its files, and its page for `/` and `/ROOM`. */
export function serveCallClient(app: NestExpressApplication, folder: string): void {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return;
  const assets = join(folder, 'assets');
  app.use('/assets', compressedAssets(assets));
  // Names of built files change with their content.
  app.useStaticAssets(assets, {
    prefix: '/assets',
    immutable: true,
    maxAge: '1y',
    fallthrough: false,
  });
  app.useStaticAssets(folder, { index: false });
  app.use((request: Request, response: Response, next: NextFunction) => {
    const [first = '', ...rest] = request.path.split('/').slice(1);
    const isPage = request.method === 'GET' || request.method === 'HEAD';
    if (!isPage || rest.some((segment) => segment !== '') || RESERVED.has(first)) {
      next();
      return;
    }
    response.sendFile(page, { headers: { 'Cache-Control': 'no-cache' } });
  });
}
