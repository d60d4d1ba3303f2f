// Who may import whom. This table is the only place that says so: the rule `switchyard/imports` reads it, and
// so does whoever wants to know. A place that has no row may import nothing of ours.
import { isBuiltin } from 'node:module';
import { posix as path } from 'node:path';

const domain = ['protocol', 'kernel'];
const serverSide = [
  ...domain,
  'config',
  'rooms',
  'topology',
  'media',
  'media-mediasoup',
  'signaling',
  'tutorials',
  'auth',
  'store',
  'cluster',
  'observability',
];
const everything = [...serverSide, 'conference', 'client', 'admin', 'server'];

/** A place of the repository -> the aliases, without their `#`, that code in it may import. */
const mayImport = {
  'libs/protocol': [],
  'libs/kernel': [],
  'libs/config': domain,
  'libs/rooms': domain,
  'libs/media': domain,
  'libs/topology': ['rooms', 'media', ...domain],
  'libs/media-mediasoup': ['media', 'config', ...domain],
  'libs/auth': ['config', ...domain],
  'libs/signaling': ['rooms', 'topology', 'media', 'auth', ...domain],
  'libs/tutorials': ['rooms', 'signaling', ...domain],
  'libs/store': ['rooms', 'auth', 'config', ...domain],
  'libs/cluster': ['rooms', 'topology', 'media', 'signaling', 'config', ...domain],
  'libs/observability': ['config', 'topology', ...domain],
  'libs/conference': serverSide,
  'libs/client': domain,
  admin: ['config', ...domain],
  'admin/pages': ['client', 'protocol'],
  'apps/server': [...serverSide, 'conference', 'admin'],
  'apps/web': ['client', 'protocol'],
  test: everything,
  tools: everything,
  '.': [],
};

/** A package that not everybody may import -> the folders that may. `*.spec.ts` stands for every unit test. */
const packages = {
  mediasoup: ['libs/media-mediasoup', 'test'],
  'mediasoup-client': ['libs/client', 'apps/web', 'test/bench'],
  'socket.io': ['libs/signaling', 'libs/tutorials', 'libs/conference', 'admin', 'apps/server', 'test/bench'],
  'socket.io-client': ['libs/client', 'apps/web', 'test', '*.spec.ts'],
  'prom-client': ['libs/observability', 'libs/conference', 'apps/server', 'test', '*.spec.ts'],
  redis: ['libs/cluster', 'libs/store'],
};

/**
 * Places that know neither Nest nor Node, and the built-ins that they may have nevertheless: they run in a
 * browser, or they are pure domain, which decides and leaves the doing to others.
 */
const neitherNestNorNode = {
  'libs/protocol': [],
  'libs/kernel': [],
  'libs/client': [],
  'apps/web': [],
  'admin/pages': [],
  'libs/rooms': ['node:crypto'],
  'libs/topology': [],
  'libs/media': [],
};

/** Places without an alias, which others may reach by a relative path. `.` is the root's own files. */
const reachable = { test: ['tools', '.'], tools: ['.'] };

const aliases = new Map(Object.keys(mayImport).map((place) => [`#${path.basename(place)}`, place]));

const isSpec = (file) => /\.spec\.tsx?$/.test(file);
const isTesting = (file) => /(^|\/)testing(\/|\.tsx?$)/.test(file);
const isTest = (file) => isSpec(file) || isTesting(file) || placeOf(file) === 'test';
const isConfig = (file) => /\.config\.[cm]?[jt]s$/.test(file);

/** The place that a file or folder belongs to: `libs/rooms`, `apps/web`, `admin/pages`, `admin`, `test`, `.` */
function placeOf(file) {
  const [top, second, third] = file.split('/');
  const inner = `${top}/${second}`;
  if (inner in mayImport || (/^(libs|apps)$/.test(top) && third !== undefined)) return inner;
  return second === undefined ? '.' : top;
}

/**
 * Why a file may not import a specifier, in one sentence; `undefined` if it may.
 *
 * @param {string} file the importing file, relative to the repository's root, with forward slashes
 * @param {string} specifier what stands between the quotes
 */
export function whyForbidden(file, specifier) {
  const place = placeOf(file);
  if (!(place in mayImport)) return `${place} has no row in tools/check/import-rules.mjs yet`;
  if (specifier.startsWith('.')) return whyForbiddenPath(file, place, specifier);
  if (specifier.startsWith('#')) return whyForbiddenAlias(file, place, specifier);
  return whyForbiddenPackage(file, place, specifier);
}

function whyForbiddenPath(file, place, specifier) {
  const target = path.join(path.dirname(file), specifier);
  const targetPlace = placeOf(target);
  if (targetPlace !== place && !reachable[place]?.includes(targetPlace)) {
    return `'${specifier}' leaves ${place} by a relative path: other places are entered through their alias`;
  }
  if ((isSpec(target) || isTesting(target)) && !isTest(file)) {
    return `'${specifier}' is for tests, and this file is not one`;
  }
  return undefined;
}

function whyForbiddenAlias(file, place, specifier) {
  const [alias, ...inner] = specifier.split('/');
  const name = alias.slice(1);
  if (inner.length > 0 && inner.join('/') !== 'testing') {
    return `'${specifier}' reaches past the index: import from '${alias}'`;
  }
  if (inner.length > 0 && !isTest(file)) {
    return `'${specifier}' is for tests, and this file is not one`;
  }
  if (aliases.get(alias) === place) {
    return isTest(file)
      ? undefined
      : `${place} imports its own files by their relative paths, not '${alias}'`;
  }
  if (mayImport[place].includes(name)) return undefined;
  const allowed = mayImport[place].map((each) => `#${each}`).join(', ') || 'nothing of ours';
  return `${place} may not import '${specifier}', only ${allowed}`;
}

function whyForbiddenPackage(file, place, specifier) {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const importers = Object.hasOwn(packages, name) ? packages[name] : undefined;
  const mayHaveIt = (importer) => (importer === '*.spec.ts' ? isSpec(file) : file.startsWith(`${importer}/`));
  if (importers && !importers.some(mayHaveIt)) {
    return `'${name}' may be imported in ${importers.join(', ')} only`;
  }

  const builtins = neitherNestNorNode[place];
  // Tests and the tools' configuration run in Node, whatever they test or configure.
  if (!builtins || isSpec(file) || isConfig(file)) return undefined;
  if (/^(@nestjs\/|nestjs-)/.test(name)) return `${place} must not know Nest`;
  if (isBuiltin(specifier) && !builtins.includes(specifier)) {
    return `${place} must not use Node's built-ins, and '${specifier}' is one`;
  }
  return undefined;
}

/**
 * The linter's `import/no-cycle` follows relative imports but not our aliases (it does not resolve the `source`
 * condition). That is enough only while the table itself has no circle.
 */
function assertNoCircle(alias, above = []) {
  if (above.includes(alias))
    throw new Error(`The import rules go in a circle: ${[...above, alias].join(' -> ')}`);
  const place = aliases.get(alias);
  for (const name of mayImport[place]) assertNoCircle(`#${name}`, [...above, alias]);
}
for (const alias of aliases.keys()) assertNoCircle(alias);
