// npm run admin:hash: the hash of an operator's password, for ADMIN_PASSWORD_HASH. The password is asked for on a terminal, or is the
// first line of what comes in.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { hash, truncates } from 'bcryptjs';
import { Failure, runTool } from './failure.mjs';

// Each login costs the server this: 2^COST rounds, some 60 ms.
const COST = 10;
const MIN_LENGTH = 8;

/** One line that is not shown while it is typed. */
async function askUnseen(question) {
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  process.stderr.write(question);
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('close', () => reject(new Failure('No password was given.')));
      lines.once('SIGINT', () => lines.close());
    });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

async function askTwice() {
  const password = await askUnseen('Password for the Admin UI: ');
  check(password);
  const again = await askUnseen('The same again: ');
  if (again !== password) throw new Failure('The two are not the same: nothing was made.');
  return password;
}

async function readLine() {
  for await (const line of createInterface({ input: process.stdin })) return line;
  throw new Failure('No password was given: type it on a terminal, or pass it as one line on stdin.');
}

function check(password) {
  // In characters as people count them, not in UTF-16 units.
  if ([...password].length < MIN_LENGTH) {
    throw new Failure(`The password is too short: expected ${MIN_LENGTH} characters or more.`);
  }
  if (truncates(password)) throw new Failure('The password is too long: bcrypt reads 72 bytes of it.');
}

await runTool(async () => {
  const password = process.stdin.isTTY ? await askTwice() : await readLine();
  check(password);
  process.stdout.write(`ADMIN_PASSWORD_HASH=${await hash(password, COST)}\n`);
  process.stderr.write(
    'In a shell, and in a file that Docker Compose reads, put the hash in single quotes: it has dollar signs.\n',
  );
});
