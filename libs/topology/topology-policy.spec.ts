import { describe, expect, it } from '@jest/globals';
import { TopologyPolicy, type TopologyFacts } from './topology-policy.ts';

const FACTS: TopologyFacts = {
  present: 2,
  wish: 'auto',
  relayOnly: false,
  serverMedia: new Set(),
  meshFailed: false,
  stranded: false,
  constrained: false,
  relayed: false,
  sfuAvailable: true,
};

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
    (meshMaxParticipants, present, topology) => {
      expect(new TopologyPolicy({ meshMaxParticipants }).decide({ ...FACTS, present })).toEqual({
        topology,
        reason: topology === 'mesh' ? 'fits-mesh' : 'exceeds-mesh',
      });
    },
  );

  it.each(['mesh', 'sfu'] as const)(
    "does what the room's setting asks for, whatever its size: %s",
    (wish) => {
      const policy = new TopologyPolicy({ meshMaxParticipants: 2 });
      for (const present of [1, 2, 3, 50]) {
        expect(policy.decide({ ...FACTS, present, wish })).toEqual({
          topology: wish,
          reason: 'room-setting',
        });
      }
    },
  );

  it.each<[Partial<TopologyFacts>, string, string]>([
    [{ relayOnly: true }, 'sfu', 'relay-only'],
    [{ relayOnly: true, wish: 'mesh' }, 'sfu', 'relay-only'],
    [{ serverMedia: new Set(['recorder']) }, 'sfu', 'server-media'],
    [{ serverMedia: new Set(['enforced-mute']), wish: 'mesh' }, 'sfu', 'server-media'],
    [{ meshFailed: true }, 'sfu', 'mesh-failed'],
    [{ constrained: true }, 'mesh', 'fits-mesh'],
    [{ constrained: true, present: 3 }, 'sfu', 'constrained'],
    [{ relayed: true }, 'mesh', 'fits-mesh'],
    [{ relayed: true, present: 3 }, 'sfu', 'constrained'],
    [{ constrained: true, relayed: true, present: 2 }, 'mesh', 'fits-mesh'],
    [{ constrained: true, present: 3, wish: 'mesh' }, 'mesh', 'room-setting'],
    [{ constrained: true, present: 3, serverMedia: new Set(['recorder']) }, 'sfu', 'server-media'],
    [{ constrained: true, present: 3, meshFailed: true }, 'sfu', 'mesh-failed'],
    [{ constrained: true, present: 3, sfuAvailable: false }, 'mesh', 'sfu-unavailable'],
    [{ constrained: true, present: 5 }, 'sfu', 'exceeds-mesh'],
    [{ sfuAvailable: false, present: 4 }, 'mesh', 'sfu-unavailable'],
    [{ sfuAvailable: false, present: 5 }, 'sfu', 'exceeds-mesh'],
    [{ sfuAvailable: false, meshFailed: true }, 'mesh', 'sfu-unavailable'],
    [{ wish: 'mesh', meshFailed: true }, 'mesh', 'room-setting'],
    [{ wish: 'mesh', stranded: true }, 'sfu', 'mesh-failed'],
    [{ wish: 'mesh', stranded: true, sfuAvailable: false }, 'mesh', 'room-setting'],
  ])('given %j, chooses the %s: %s', (facts, topology, reason) => {
    const bearsOnCopies = facts.constrained === true || facts.relayed === true;
    const policy = new TopologyPolicy({ meshMaxParticipants: bearsOnCopies ? 4 : 2 });
    expect(policy.decide({ ...FACTS, ...facts })).toEqual({ topology, reason });
  });

  it('never makes a mesh of more than four, whatever is configured', () => {
    const policy = new TopologyPolicy({ meshMaxParticipants: 9 });
    expect(policy.decide({ ...FACTS, present: 5 }).topology).toBe('sfu');
  });
});
