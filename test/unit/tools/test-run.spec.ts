import { describe, expect, it } from '@jest/globals';
import { nodeArguments, parseTestRun } from '../../../tools/test/test-run.mjs';

const KNOWN = ['unit', 'integration', 'e2e', 'fault'];
const parse = (...args: string[]) => parseTestRun(args, KNOWN, (suite: string) => suite !== 'fault');

describe('npm test', () => {
  it('runs every suite that has tests when none is named', () => {
    expect(parse()).toEqual({ suites: ['unit', 'integration', 'e2e'], jsonFile: undefined, jestArgs: [] });
  });

  it('runs a named suite even if it has no tests, so that jest complains', () => {
    expect(parse('fault').suites).toEqual(['fault']);
  });

  it("takes jest's arguments, with or without the dashes", () => {
    expect(parse('unit', '-t', 'locks', 'lock.spec').jestArgs).toEqual(['-t', 'locks', 'lock.spec']);
    expect(parse('e2e', '--', '-t', 'unit')).toMatchObject({ suites: ['e2e'], jestArgs: ['-t', 'unit'] });
  });

  it("writes jest's result to a file", () => {
    const testRun = parse('unit', '--json-file', 'result.json', 'lock.spec');

    expect(testRun).toEqual({ suites: ['unit'], jsonFile: 'result.json', jestArgs: ['lock.spec'] });
    expect(nodeArguments(testRun)).toEqual(expect.arrayContaining(['--json', '--outputFile=result.json']));
  });

  it('refuses --json-file without a file', () => {
    expect(() => parse('--json-file')).toThrow('--json-file wants the name of a file.');
  });

  it('keeps the names of the suites apart from the patterns of files', () => {
    const args = nodeArguments(parse('unit', 'e2e', 'lock.spec'));

    expect(args.slice(args.indexOf('--selectProjects'))).toEqual(['--selectProjects', 'unit', 'e2e']);
    expect(args).toContain('lock.spec');
  });
});
