import { inspect } from 'node:util';

/** A failure whose message is all that a person needs: what is wrong and what to do about it. */
export class Failure extends Error {}

/**
 * @param {unknown} error
 * @returns {string} what it says; by its shape, because an error may come from another realm
 */
export function messageOf(error) {
  const { message, code } = /** @type {{ message?: unknown, code?: unknown }} */ (Object(error));

  if (typeof message === 'string' && message !== '') {
    return message;
  }

  // The error of a connection that was tried on several addresses has only a code.
  return typeof code === 'string' ? code : inspect(error);
}

/**
 * Runs a tool: where it fails, one sentence goes to stderr and the exit code is 1. The stack is shown
 * with LOG_LEVEL=debug.
 *
 * @param {() => Promise<void>} tool
 */
export async function runTool(tool) {
  try {
    await tool();
  } catch (error) {
    const debugging = ['debug', 'trace'].includes(process.env.LOG_LEVEL ?? '');

    console.error(debugging ? error : messageOf(error));
    // Not process.exitCode: what the tool has started must not keep the process alive after it failed.
    process.exit(1);
  }
}
