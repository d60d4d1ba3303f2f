import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const PAGES = join(import.meta.dirname, 'pages');
/** Where the pages look for Switchyard, as they stand. */
const WRITTEN = 'http://localhost:3000';

export type TutorialPage = 'codelab' | 'chat-and-signal' | 'zoom-clone';

export interface ReaderServer {
  url(page: TutorialPage): string;
  close(): Promise<void>;
}

/** The web server that a reader of a tutorial has for the pages: on this machine, and on a port of its own. */
export async function servePages(switchyardUrl: string): Promise<ReaderServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(PAGES, pathname);
    if (!pathname.endsWith('.html') || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(readFileSync(file, 'utf8').replaceAll(WRITTEN, switchyardUrl));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (page) => `http://localhost:${port}/${page}.html`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
