import { describe, expect, it } from '@jest/globals';
import { epochSchema, participantIdSchema, type AbortReason, type LiveTopology } from '#protocol';
import type { FailedPath, HandoverOutcome } from './handover.ts';
import { whatWasMissing } from './what-was-missing.ts';

const id = (text: string) => participantIdSchema.parse(text);
const nameOf = (one: string): string => one.toUpperCase();
const MESH: LiveTopology = { topology: 'mesh', epoch: epochSchema.parse(1), reason: 'fits-mesh' };

const missed = (receiver: string, sender: string, cause = 'no route'): FailedPath => ({
  receiver: id(receiver),
  sender: id(sender),
  cause,
});

const aborted = (reason: AbortReason, ...failed: FailedPath[]): HandoverOutcome => ({
  kind: 'aborted',
  switched: false,
  epoch: epochSchema.parse(2),
  target: 'mesh',
  reason,
  failed,
});

describe('what was missing', () => {
  it('is told by receiver and cause, with names', () => {
    const paths = [
      missed('bob', 'alice'),
      missed('carol', 'alice', 'no frames'),
      missed('bob', 'carol'),
      missed('bob', 'dave', 'no frames'),
    ];
    expect(whatWasMissing(aborted('deadline', ...paths), nameOf)).toBe(
      'BOB did not get ALICE, CAROL: no route; CAROL did not get ALICE: no frames; BOB did not get DAVE: no frames',
    );
  });

  it('stays short in a large room', () => {
    const people = Array.from({ length: 50 }, (_, index) => `p${index}`);
    const paths = people.flatMap((receiver) => people.map((sender) => missed(receiver, sender)));
    const text = whatWasMissing(aborted('deadline', ...paths), nameOf);
    expect(text).toMatch(/^P0 did not get P0, P1, .*, P7, and 42 more: no route; P1 /);
    expect(text).toMatch(/; and 42 more$/);
    expect(text.length).toBeLessThan(1000);
  });

  it('is what happened, where no path failed', () => {
    expect(whatWasMissing(aborted('superseded'), nameOf)).toBe('the room changed meanwhile');
    expect(whatWasMissing(aborted('media-unavailable'), nameOf)).toBe('the media worker was lost');
  });

  it('is nothing in a handover that went well', () => {
    const live: LiveTopology = { ...MESH, topology: 'sfu' };
    const settled: HandoverOutcome = { kind: 'settled', from: MESH, live, unreachable: [], failed: [] };
    expect(whatWasMissing(settled, nameOf)).toBe('');
    expect(whatWasMissing({ kind: 'none' }, nameOf)).toBe('');
  });
});
