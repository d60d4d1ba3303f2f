import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { build } from 'vite';

export interface Pages {
  /** `url('bare-sfu')` opens the page made of `bare-sfu.ts`. */
  url(name: string): string;
  close(): Promise<void>;
}

/** Builds each script in a page of its own, as minified as the product is, and serves them on loopback. */
export async function servePages(scripts: readonly string[]): Promise<Pages> {
  const repository = join(import.meta.dirname, '../../..');
  const built = new Map<string, string>();
  const result = await build({
    configFile: false,
    root: repository,
    logLevel: 'warn',
    resolve: { conditions: ['source', 'module', 'browser', 'production'] },
    build: {
      write: false,
      rollupOptions: {
        input: [...scripts],
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  for (const { output } of [result].flat().filter((one) => 'output' in one)) {
    for (const chunk of output) if (chunk.type === 'chunk') built.set(`/${chunk.fileName}`, chunk.code);
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const script = built.get(pathname);
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(
      script ??
        `<!doctype html><meta charset="utf-8"><body><script type="module" src="${pathname}.js"></script>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (name) => `http://127.0.0.1:${port}/${basename(name, '.ts')}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
