import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { cleaningUp } from './cleanup.mjs';
import { Failure, messageOf } from './failure.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] this process's unless given
 * @property {string} [log] a file that the output is added to; without one it goes where this process's goes
 * @property {(line: string) => void} [onLine] gets each line of stdout
 */

/**
 * Runs a command to its end. It is stopped if this process is told to stop meanwhile.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} the exit code, 1 where a signal ended the command
 */
export async function run(command, args, { cwd, env, log, onLine } = {}) {
  const file = log === undefined ? undefined : openSync(log, 'a');
  const output = file ?? 'inherit';
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', onLine === undefined ? output : 'pipe', output],
  });

  if (onLine !== undefined && child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (file !== undefined) {
        writeSync(file, `${line}\n`);
      }
      onLine(line);
    });
  }

  const stop = () => {
    child.kill();
    if (file !== undefined) {
      closeSync(file);
    }
  };

  return cleaningUp(stop, async () => {
    try {
      const [code] = await once(child, 'close');

      return code ?? 1;
    } catch (error) {
      throw new Failure(`${command} cannot be run: ${messageOf(error)}`);
    }
  });
}
