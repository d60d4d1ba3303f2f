import { describe, expect, it } from '@jest/globals';
import { TopologyPolicy } from './topology-policy.ts';

describe('the topology policy', () => {
  it.each([
    [2, 1, 'mesh'],
    [2, 2, 'mesh'],
    [2, 3, 'sfu'],
    [4, 4, 'mesh'],
    [4, 5, 'sfu'],
    [1, 1, 'mesh'],
    [1, 2, 'sfu'],
  ] as const)(
    'with a mesh for up to %d, gives %d participants the %s',
    (meshMaxParticipants, participants, topology) => {
      expect(new TopologyPolicy({ meshMaxParticipants }).decide({ participants, wish: 'auto' })).toEqual({
        topology,
        reason: topology === 'mesh' ? 'fits-mesh' : 'exceeds-mesh',
      });
    },
  );

  it.each(['mesh', 'sfu'] as const)(
    "does what the room's setting asks for, whatever its size: %s",
    (wish) => {
      const policy = new TopologyPolicy({ meshMaxParticipants: 2 });
      for (const participants of [1, 2, 3, 50]) {
        expect(policy.decide({ participants, wish })).toEqual({ topology: wish, reason: 'room-setting' });
      }
    },
  );
});
