import { describe, expect, it } from '@jest/globals';
import { findMistypedNames } from './mistyped-names.ts';

const KNOWN = ['PORT', 'HOST', 'ANNOUNCED_ADDRESS', 'MESH_MAX_PARTICIPANTS'];

describe('findMistypedNames', () => {
  it.each([
    ['ANOUNCED_ADDRESS', 'did you mean ANNOUNCED_ADDRESS?'],
    ['MESH_MAX_PARTICIPANT', 'did you mean MESH_MAX_PARTICIPANTS?'],
    ['SWITCHYARD_PORT', 'its name is PORT'],
    ['SWITCHYARD_ANNOUNCED_ADRESS', 'did you mean ANNOUNCED_ADDRESS?'],
    ['SWITCHYARD_COLOUR', 'known are PORT, HOST, ANNOUNCED_ADDRESS, MESH_MAX_PARTICIPANTS'],
  ])('sees that %s was meant for us', (name, advice) => {
    expect(findMistypedNames([name], KNOWN)).toEqual([`${name}: there is no such variable, ${advice}`]);
  });

  it.each(['PORT', 'PORTS', 'POST', 'HOSTS', 'COST', 'ADDRESS', 'PATH'])('lets %s be', (name) => {
    expect(findMistypedNames([name], KNOWN)).toEqual([]);
  });

  it('names each of several', () => {
    expect(findMistypedNames(['SWITCHYARD_PORT', 'ANNOUNCE_ADDRESS'], KNOWN)).toHaveLength(2);
  });
});
