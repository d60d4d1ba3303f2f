import type { CrowdedSample } from './cases/crowded-case.ts';
import type { IdleSample } from './cases/idle-case.ts';
import type { KneePoint } from './cases/knee-case.ts';
import type { RoomsSample } from './cases/rooms-case.ts';
import type { Contestant } from './server/server-under-test.ts';

type Of<Sample> = Partial<Record<Contestant, Sample[]>>;

/** Every run's figures, as far as they have come. */
export interface Results {
  readonly pairs: Of<RoomsSample>;
  readonly chat: Of<RoomsSample>;
  readonly mesh: Of<RoomsSample>;
  readonly sfu: Of<RoomsSample>;
  readonly knee: Of<readonly KneePoint[]>;
  readonly crowded: Of<CrowdedSample>;
  readonly idle: Of<IdleSample>;
}

export const noResults = (): Results => ({
  pairs: {},
  chat: {},
  mesh: {},
  sfu: {},
  knee: {},
  crowded: {},
  idle: {},
});
