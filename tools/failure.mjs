/** A failure whose message is all that a person needs: what is wrong and what to do about it. */
export class Failure extends Error {}

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
    const message = error instanceof Error ? error.message : String(error);

    console.error(debugging ? error : message);
    // Not process.exitCode: what the tool has started must not keep the process alive after it failed.
    process.exit(1);
  }
}
