import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync, constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const SERVER = 'http://localhost:3000';

/** Lays `NAME.br` and `NAME.gz` beside what pages ask for, so that the server sends it compressed without any work. */
const precompress: Plugin = {
  name: 'precompress',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((one) => /^assets\/.*\.(js|css|svg)$/.test(one))) {
      const file = join(dir, name);
      const content = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(content));
      writeFileSync(`${file}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress],
  // `#client` and the like mean their sources, as in tsc and jest: see `imports` in package.json.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    sourcemap: true,
    // Every browser that has what a call needs preloads modules by itself.
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/socket.io': { target: SERVER, ws: true },
      '/healthz': SERVER,
    },
  },
});
