import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../failure.mjs';
import { report } from '../progress.mjs';
import { ensurePackages } from './apt.mjs';
import { findCommand, isExecutableFile } from './commands.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Whether a browser is behind a command. On Ubuntu `chromium-browser` may be a script that says to
 * install a snap.
 *
 * @param {string} path
 */
function starts(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

function installedChromium() {
  return COMMANDS.map((name) => findCommand(name)).find((path) => path !== undefined && starts(path));
}

/**
 * Whether the distribution is Ubuntu or made from it, where Chromium comes as a snap only.
 *
 * @param {string} osRelease the text of /etc/os-release
 */
export function comesAsSnap(osRelease) {
  return /^ID(?:_LIKE)?=.*\bubuntu\b/m.test(osRelease);
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/**
 * Provides Chromium for the tests that need a browser: the one that CHROMIUM_BIN names, or an installed
 * one, or Debian's.
 *
 * @returns {Promise<string>} its path
 */
export async function provideChromium(env = process.env) {
  if (env.CHROMIUM_BIN) {
    const given = resolve(env.CHROMIUM_BIN);

    if (!isExecutableFile(given)) {
      throw new Failure(`CHROMIUM_BIN is ${env.CHROMIUM_BIN}, which is not an executable file.`);
    }
    report('chromium', `${given}, given by CHROMIUM_BIN`);

    return given;
  }

  const found = installedChromium();

  if (found !== undefined) {
    report('chromium', `${found}, found in PATH`);
    return found;
  }

  if (comesAsSnap(readOsRelease())) {
    throw new Failure(
      'The tests in a browser need Chromium, which Ubuntu packages as a snap only; run: sudo snap install chromium (or install Google Chrome, or set CHROMIUM_BIN)',
    );
  }

  await ensurePackages([{ name: 'chromium' }], 'Testing in a browser');

  const installed = installedChromium();

  if (installed === undefined) {
    throw new Failure(
      `There is no Chromium in PATH (${COMMANDS.join(', ')}); install one or set CHROMIUM_BIN.`,
    );
  }
  report('chromium', `${installed}, installed`);

  return installed;
}
