import { describe, expect, it } from '@jest/globals';
import { permissionsOf, requirePermission } from './permissions.ts';

describe('permissions', () => {
  it('let the host end the room, and nobody else', () => {
    expect(permissionsOf('host')).toEqual(['room:end']);
    expect(permissionsOf('guest')).toEqual([]);
    expect(() => requirePermission('host', 'room:end')).not.toThrow();
  });

  it('are refused with who would have them', () => {
    expect(() => requirePermission('guest', 'room:end')).toThrow(
      expect.objectContaining({
        code: 'NOT_PERMITTED',
        message: 'room:end needs the role host, you are guest',
      }),
    );
  });
});
