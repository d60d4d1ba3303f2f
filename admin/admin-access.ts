import type { AppConfig } from '#config';
import { isOnThisMachine, type Visitor } from './this-machine.ts';

const HOW_TO_TURN_ON =
  'set ADMIN_USERNAME and ADMIN_PASSWORD_HASH to let operators log in (npm run admin:hash makes the hash)';

/** Who may open the Admin UI; decided once, when the server starts. */
export type AdminAccess =
  /** Whoever logs in. */
  | { readonly kind: 'credentials'; readonly username: string; readonly passwordHash: string }
  /** Browsers on the server itself, which may look and not touch. */
  | { readonly kind: 'this-machine' }
  | { readonly kind: 'off' };

export function decideAdminAccess({
  admin,
  production,
}: Pick<AppConfig, 'admin' | 'production'>): AdminAccess {
  if (admin.credentials !== undefined) return { kind: 'credentials', ...admin.credentials };
  return { kind: production ? 'off' : 'this-machine' };
}

/** What the log says about it at start. */
export function describeAccess(access: AdminAccess): string {
  switch (access.kind) {
    case 'credentials':
      return 'the Admin UI is at /admin';
    case 'this-machine':
      return `the Admin UI is at /admin, read-only and for this machine alone: ${HOW_TO_TURN_ON}`;
    case 'off':
      return `the Admin UI is off: ${HOW_TO_TURN_ON}`;
  }
}

/** Why a visitor gets nothing, in one sentence; `undefined` if it does. A visitor may have to log in still. */
export function whyRefused(access: AdminAccess, visitor: Visitor): string | undefined {
  switch (access.kind) {
    case 'credentials':
      return undefined;
    case 'this-machine':
      return isOnThisMachine(visitor)
        ? undefined
        : `The Admin UI has no credentials, so it answers browsers on the server itself alone: ${HOW_TO_TURN_ON}.`;
    case 'off':
      return `The Admin UI is off: ${HOW_TO_TURN_ON}.`;
  }
}
