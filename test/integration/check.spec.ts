// `npm run check` is only worth its name if it fails. Each fault is planted in a copy of the sources, alone.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '../..');
const NOT_SOURCES = new Set(['.git', 'node_modules', 'dist', 'coverage', 'artifacts']);
const STEP_DEADLINE_MS = 60_000;

interface Outcome {
  exitCode: number | null;
  output: string;
}

interface Fault {
  what: string;
  /** Path in the repository -> what stands there. */
  files: Record<string, string>;
  /** All rules that must complain, and no other may. */
  rules: string[];
  says?: string;
}

let copy: string;

/** Runs one step, on these paths only where it can be narrowed down. */
function check(step: string, paths: string[] = []): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['tools/check.mjs', '--only', step, ...paths], {
      cwd: copy,
      // In CI the linter draws its findings; here they are read.
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'CI')),
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.on('error', fail);
    child.on('close', (exitCode) => done({ exitCode, output }));
  });
}

/** Runs one step with the files planted, and puts things back as they were. */
async function checkWith(step: string, files: Fault['files']): Promise<Outcome> {
  const originals = new Map<string, string | undefined>();
  for (const [name, text] of Object.entries(files)) {
    const path = join(copy, name);
    originals.set(path, existsSync(path) ? await readFile(path, 'utf8') : undefined);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  try {
    return await check(step, Object.keys(files));
  } finally {
    for (const [path, text] of originals) await (text === undefined ? rm(path) : writeFile(path, text));
  }
}

/** The rules that the linter names as broken, as `plugin(rule)`. */
function rulesIn(output: string): string[] {
  const complaints = output.matchAll(/^\s*[x×] ([\w-]+\([\w-]+\)): /gm);
  return [...new Set(Array.from(complaints, ([, rule = '']) => rule))].toSorted();
}

/** A class that Nest is to give a `Reflector`, imported in one way or the other. */
function injecting(importing: string): string {
  return `import { Injectable } from '@nestjs/common';
${importing} from '@nestjs/core';

@Injectable()
export class Planted {
  constructor(readonly reflector: Reflector) {}
}
`;
}

beforeAll(async () => {
  copy = await realpath(await mkdtemp(join(tmpdir(), 'switchyard-check-')));
  await cp(ROOT, copy, { recursive: true, filter: (source) => !NOT_SOURCES.has(basename(source)) });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'dir');
}, STEP_DEADLINE_MS);

afterAll(() => rm(copy, { recursive: true, force: true }));

describe('the sources as they are', () => {
  it.each(['format', 'lint', 'types', 'generated'])(
    'pass the %s step',
    async (step) => {
      const { exitCode, output } = await check(step);
      expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringMatching(`^ok +${step}`) });
    },
    STEP_DEADLINE_MS,
  );
});

describe('the lint step', () => {
  const faults: Fault[] = [
    {
      what: 'a lib that imports one it may not',
      files: { 'libs/rooms/planted.ts': "export * as planted from '#topology';\n" },
      rules: ['switchyard(imports)'],
      says: "libs/rooms may not import '#topology'",
    },
    {
      what: 'a lib that reaches into another by a relative path',
      files: { 'libs/rooms/planted.ts': "export * as planted from '../protocol/index.ts';\n" },
      rules: ['switchyard(imports)'],
      says: 'leaves libs/rooms by a relative path',
    },
    {
      what: 'an import past the index of a lib',
      files: { 'libs/topology/planted.ts': "export * as planted from '#rooms/room.ts';\n" },
      rules: ['switchyard(imports)'],
      says: "import from '#rooms'",
    },
    {
      what: 'a fake in code that ships',
      files: { 'libs/rooms/planted.ts': "export * as planted from '#kernel/testing';\n" },
      rules: ['switchyard(imports)'],
      says: 'is for tests',
    },
    {
      what: 'mediasoup in the domain, if only as a type',
      files: { 'libs/topology/planted.ts': "export type Planted = import('mediasoup').types.Worker;\n" },
      rules: ['switchyard(imports)'],
      says: "'mediasoup' may be imported in libs/media-mediasoup",
    },
    {
      what: "one of Node's built-ins in the browser's code",
      files: { 'libs/client/planted.ts': "export * as planted from 'node:fs';\n" },
      rules: ['switchyard(imports)'],
      says: "libs/client must not use Node's built-ins",
    },
    {
      what: 'an app that is imported by a lib',
      files: { 'libs/signaling/planted.ts': "export * as planted from '#server';\n" },
      rules: ['switchyard(imports)'],
      says: "libs/signaling may not import '#server'",
    },
    {
      what: 'two files that import each other',
      files: {
        'libs/kernel/planted-hen.ts': "export * as egg from './planted-egg.ts';\n",
        'libs/kernel/planted-egg.ts': "export * as hen from './planted-hen.ts';\n",
      },
      rules: ['import(no-cycle)'],
      says: 'Dependency cycle detected',
    },
    {
      what: 'an any',
      files: { 'libs/kernel/planted.ts': 'export type Planted = any;\n' },
      rules: ['typescript(no-explicit-any)'],
    },
    {
      what: 'a floating promise',
      files: { 'libs/kernel/planted.ts': 'export const planted = (): void => {\n  Promise.resolve();\n};\n' },
      rules: ['typescript(no-floating-promises)'],
    },
    {
      what: 'an assertion by way of unknown',
      files: { 'test/support/planted.ts': 'export const planted = 1 as unknown as string;\n' },
      rules: ['switchyard(no-double-assertion)'],
    },
    {
      what: 'a class for Nest to inject that is imported as a type',
      files: {
        'apps/server/planted.ts': injecting('import type { Reflector }'),
      },
      rules: ['switchyard(consistent-type-imports)'],
      says: "Nest injects by the class 'Reflector'",
    },
    {
      what: 'an error silenced without a reason',
      files: { 'libs/kernel/planted.ts': "// @ts-expect-error\nexport const planted: number = '1';\n" },
      rules: ['typescript(ban-ts-comment)'],
    },
    {
      what: 'a rule switched off without a reason',
      files: {
        'libs/kernel/planted.ts':
          '// oxlint-disable-next-line typescript/no-explicit-any\nexport type Planted = any;\n',
      },
      rules: ['switchyard(disable-with-reason)'],
    },
  ];

  it.each(faults)(
    'refuses $what',
    async ({ files, rules, says = '' }) => {
      const { exitCode, output } = await checkWith('lint', files);
      expect(rulesIn(output)).toEqual(rules);
      expect(output).toContain(says);
      expect(exitCode).toBe(1);
    },
    STEP_DEADLINE_MS,
  );

  it(
    'lets Nest have the classes that it injects',
    async () => {
      const files = { 'apps/server/planted.ts': injecting('import { Reflector }') };
      const { exitCode, output } = await checkWith('lint', files);
      expect({ exitCode, rules: rulesIn(output) }).toEqual({ exitCode: 0, rules: [] });
    },
    STEP_DEADLINE_MS,
  );
});

describe('the other steps', () => {
  it(
    'refuse code that is not formatted',
    async () => {
      const { exitCode, output } = await checkWith('format', {
        'libs/kernel/planted.ts': 'export  const x = "1"\n',
      });
      expect(output).toContain('libs/kernel/planted.ts');
      expect(exitCode).toBe(1);
    },
    STEP_DEADLINE_MS,
  );

  it(
    'refuse a type error',
    async () => {
      const { exitCode, output } = await checkWith('types', {
        'libs/kernel/planted.ts': "export const planted: number = '1';\n",
      });
      expect(output.match(/^libs\/kernel\/planted.*error TS\d+/gm)).toEqual([
        'libs/kernel/planted.ts(1,14): error TS2322',
      ]);
      expect(exitCode).toBe(1);
    },
    STEP_DEADLINE_MS,
  );

  it(
    'refuse a document that is not what would be generated now',
    async () => {
      const { exitCode, output } = await checkWith('generated', { 'docs/protocol.md': '# Yesterday\n' });
      expect(output).toContain('docs/protocol.md is stale');
      expect(exitCode).toBe(1);
    },
    STEP_DEADLINE_MS,
  );
});
