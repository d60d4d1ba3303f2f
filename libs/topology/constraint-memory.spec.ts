import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#kernel/testing';
import { participantIdSchema, type LinkConditions } from '#protocol';
import { ConstraintMemory } from './constraint-memory.ts';

const ALICE = participantIdSchema.parse('alice');
const BOB = participantIdSchema.parse('bob');
const CALM: LinkConditions = { cpuLimited: false, uplinkLimited: false, lossy: false, relayed: false };
const BUSY: LinkConditions = { ...CALM, cpuLimited: true };
const NONE = { constrained: false, relayed: false };

let clock: ManualClock;
let retries: number;
let memory: ConstraintMemory;

beforeEach(() => {
  clock = new ManualClock();
  retries = 0;
  memory = new ConstraintMemory(clock, () => (retries += 1));
});

/** The mesh is left for the SFU, because of what was told or of anything else. */
function leave(): void {
  memory.leaving();
  memory.left();
}

describe('what is said of a mesh', () => {
  it.each<[Partial<LinkConditions>, boolean, boolean]>([
    [{}, false, false],
    [{ cpuLimited: true }, true, false],
    [{ uplinkLimited: true }, true, false],
    [{ lossy: true }, true, false],
    [{ relayed: true }, false, true],
    [{ relayed: true, lossy: true }, true, true],
  ])('%j: constrained %s, relayed %s', (conditions, constrained, relayed) => {
    memory.told(ALICE, { ...CALM, ...conditions });
    memory.told(BOB, CALM);
    expect(memory.facts).toEqual({ constrained, relayed });
  });

  it('counts as long as it lasts, however long that is, and no longer', () => {
    memory.told(ALICE, BUSY);
    clock.advance(3_600_000);
    expect(memory.facts.constrained).toBe(true);
    memory.told(ALICE, CALM);
    expect(memory.facts).toEqual(NONE);
    leave();
    expect(memory.facts).toEqual(NONE);
    expect(clock.pending).toBe(0);
  });

  it('counts until nobody says it any more', () => {
    memory.told(ALICE, BUSY);
    memory.told(BOB, BUSY);
    memory.told(ALICE, CALM);
    expect(memory.facts.constrained).toBe(true);
    memory.forget(BOB);
    expect(memory.facts).toEqual(NONE);
  });
});

describe('a mesh that was left', () => {
  it('is asked of whom it was too much for again after 30 s, 60 s …, and at most 10 min', () => {
    for (const [index, pauseS] of [30, 60, 120, 240, 480, 600, 600].entries()) {
      memory.told(ALICE, BUSY);
      leave();
      clock.advance(pauseS * 1000 - 1);
      expect(memory.facts).toEqual({ constrained: true, relayed: false });
      expect(retries).toBe(index);
      clock.advance(1);
      expect(memory.facts).toEqual(NONE);
      expect(retries).toBe(index + 1);
    }
  });

  it('is remembered for what it was too much for', () => {
    memory.told(ALICE, BUSY);
    leave();
    clock.advance(30_000);
    memory.told(ALICE, { ...CALM, relayed: true });
    leave();
    expect(memory.facts).toEqual({ constrained: false, relayed: true });
  });

  it('is not forgotten because it eased while the room was on its way out', () => {
    memory.told(ALICE, BUSY);
    memory.leaving();
    memory.told(ALICE, CALM);
    expect(memory.facts.constrained).toBe(true);
    memory.left();
    expect(memory.facts.constrained).toBe(true);
  });

  it('is left once, however often the room sets out', () => {
    memory.told(ALICE, BUSY);
    for (let attempt = 0; attempt < 5; attempt += 1) memory.leaving();
    memory.left();
    clock.advance(30_000);
    expect(memory.facts).toEqual(NONE);
  });

  it('asks everybody in their own time', () => {
    memory.told(ALICE, BUSY);
    leave();
    clock.advance(30_000);
    memory.told(ALICE, BUSY);
    memory.told(BOB, BUSY);
    leave();
    clock.advance(30_000);
    expect(memory.facts.constrained).toBe(true);
    memory.forget(ALICE);
    expect(memory.facts).toEqual(NONE);
  });

  it.each<[string, (of: ConstraintMemory) => void]>([
    ['whoever leaves', (of) => of.forget(ALICE)],
    ['a mesh of more than two, where there are two', (of) => of.forgetWaits()],
    ['everybody, when the room closes', (of) => of.close()],
  ])('forgets %s, and how often it was too much', (_whom, forget) => {
    memory.told(ALICE, BUSY);
    leave();
    clock.advance(30_000);
    memory.told(ALICE, BUSY);
    leave();
    forget(memory);
    expect(memory.facts).toEqual(NONE);
    expect(clock.pending).toBe(0);

    memory.told(ALICE, BUSY);
    leave();
    clock.advance(30_000);
    expect(memory.facts).toEqual(NONE);
  });

  it('is not what two still say of theirs', () => {
    memory.told(ALICE, BUSY);
    memory.forgetWaits();
    expect(memory.facts.constrained).toBe(true);
  });
});
