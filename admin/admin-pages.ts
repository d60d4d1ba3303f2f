import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { RequestHandler, Response } from 'express';
import { whyRefused, type AdminAccess } from './admin-access.ts';

/** Where the pages are, and the Socket.IO namespace that they connect to. */
export const ADMIN_PATH = '/admin';

const { resolve } = createRequire(import.meta.url);
const folderOf = (file: string): string => dirname(resolve(file));

const UI = join(folderOf('@socket.io/admin-ui/package.json'), 'ui', 'dist');
const FONTS = [
  { prefix: '/fonts/roboto/', folder: folderOf('@fontsource/roboto/package.json') },
  { prefix: '/fonts/icons/', folder: folderOf('@mdi/font/package.json') },
];

const STYLESHEETS = [
  // The weights that the UI asks Google for.
  ...[100, 300, 400, 500, 700, 900].map((weight) => `fonts/roboto/${weight}.css`),
  'fonts/icons/css/materialdesignicons.min.css',
  'adjustments.css',
];

/** What we add to the UI, by the name it is served under. */
const ADDITIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Read by the UI when it starts: it then connects to the server that it came from, and asks for no URL.
    '/connection-settings.js': "localStorage.setItem('server_url', location.origin);\n",
    '/adjustments.css': [
      // The UI offers to put a socket into a room even where the server does not let it (see instrument-server.ts).
      'form:has(> .select-room) { display: none; }',
      // Long data pushes the button that ends the session out of sight.
      'td > pre { white-space: pre-wrap; overflow-wrap: anywhere; }\n',
    ].join('\n'),
  }),
);

const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    // Vuetify writes the theme's colours into a style element.
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-cache',
} as const;

/** The pages of the Admin UI, to be mounted at {@link ADMIN_PATH}. All that they load comes from this server. */
export function adminPages(access: AdminAccess): RequestHandler {
  const page = offlinePage(readFileSync(join(UI, 'index.html'), 'utf8'));

  return (request, response, next) => {
    // Paths are matched without regard to case, and a room may be called Admin.
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (request.baseUrl !== ADMIN_PATH || !isRead) {
      next();
      return;
    }
    response.set(HEADERS);
    const refusal = whyRefused(access, { address: request.socket.remoteAddress, headers: request.headers });
    if (refusal !== undefined) {
      say(response, access.kind === 'off' ? 404 : 403, refusal);
      return;
    }
    const { path, originalUrl } = request;
    const addition = ADDITIONS.get(path);
    if (addition !== undefined) response.type(extname(path)).send(addition);
    else if (path !== '/') sendFile(response, path);
    else if (/^[^?]*\/(\?|$)/.test(originalUrl)) response.type('html').send(page);
    // The page names its files relative to a path that ends with a slash.
    else response.redirect(`${ADMIN_PATH}/`);
  };
}

/** The UI's page with fonts and icons of our own instead of two CDNs', and its connection settled before it starts. */
function offlinePage(html: string): string {
  const links = STYLESHEETS.map((href) => `<link rel="stylesheet" href="${href}">`).join('');
  return html
    .replaceAll(/<link\b[^>]*\bhref="https?:[^>]*>/g, '')
    .replace('</head>', `${links}</head>`)
    .replace('<script', '<script src="connection-settings.js"></script><script');
}

function sendFile(response: Response, path: string): void {
  const font = FONTS.find(({ prefix }) => path.startsWith(prefix));
  const file = font === undefined ? path.slice(1) : path.slice(font.prefix.length);
  // Without the dot, Express takes a folder's own path for a mistake of ours.
  response.sendFile(`./${file}`, { root: font?.folder ?? UI, cacheControl: false }, (error?: Error) => {
    // Where the headers are out already, the visitor has gone.
    if (error !== undefined && !response.headersSent) say(response, 404, 'There is no such file.');
  });
}

function say(response: Response, status: number, sentence: string): void {
  response.status(status).type('text').send(`${sentence}\n`);
}
