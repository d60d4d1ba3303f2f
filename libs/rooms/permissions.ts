import { DomainError } from '#kernel';
import type { ErrorCode, Permission, Role } from '#protocol';

const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  host: ['room:end'],
  guest: [],
};

export const permissionsOf = (role: Role): readonly Permission[] => PERMISSIONS[role];

/** @throws DomainError `NOT_PERMITTED` */
export function requirePermission(role: Role, permission: Permission): void {
  if (PERMISSIONS[role].includes(permission)) return;
  const roles = Object.entries(PERMISSIONS).filter(([, permissions]) => permissions.includes(permission));
  throw new DomainError<ErrorCode>(
    'NOT_PERMITTED',
    `${permission} needs the role ${roles.map(([name]) => name).join(' or ')}, you are ${role}`,
  );
}
