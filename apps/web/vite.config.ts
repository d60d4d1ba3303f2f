import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const SERVER = 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
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
