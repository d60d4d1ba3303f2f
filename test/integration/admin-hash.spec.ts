import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { compare } from 'bcryptjs';
import { loadConfig } from '#config';

async function adminHash(input: string): Promise<{ code: number | null; output: string; said: string }> {
  const tool = spawn(process.execPath, ['tools/admin-hash.mjs']);
  tool.stdin.end(input);
  const [output, said] = await Promise.all([text(tool.stdout), text(tool.stderr), once(tool, 'close')]);
  return { code: tool.exitCode, output, said };
}

describe('npm run admin:hash', () => {
  it('prints the line for the environment, with a bcrypt hash of what it reads', async () => {
    const { code, output } = await adminHash('correct horse\n');
    expect(code).toBe(0);
    const hash = /^ADMIN_PASSWORD_HASH=(\$2b\$1\d\$.{53})\n$/.exec(output)?.[1] ?? '';
    expect(await compare('correct horse', hash)).toBe(true);
    expect(await compare('correct horse\n', hash)).toBe(false);
    const config = loadConfig({ ADMIN_USERNAME: 'ada', ADMIN_PASSWORD_HASH: hash });
    expect(config.admin.credentials?.passwordHash).toBe(hash);
  });

  it('makes another hash of the same password each time', async () => {
    const [one, other] = await Promise.all([adminHash('correct horse\n'), adminHash('correct horse\n')]);
    expect(one.output).not.toBe(other.output);
  });

  it.each([
    ['no password', '', /No password was given/],
    ['fewer than 8 characters', 'seven77\n', /too short: expected 8 characters/],
    ['more than bcrypt reads', `${'ü'.repeat(37)}\n`, /too long/],
  ])('refuses %s in one sentence', async (_what, input, sentence) => {
    const { code, output, said } = await adminHash(input);
    expect(code).toBe(1);
    expect(output).toBe('');
    expect(said).toMatch(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
  });
});
