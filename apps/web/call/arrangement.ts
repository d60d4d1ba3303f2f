import type { ParticipantId } from '#protocol';

/** `own`: oneself; `screen:ID`: what somebody shares; `invitation`: in the place of the first of the others; else a participant's id. */
export type TileKey = string;

export const OWN: TileKey = 'own';
export const INVITATION: TileKey = 'invitation';
export const screenOf = (id: ParticipantId): TileKey => `screen:${id}`;

export type View = 'grid' | 'speaker';

export interface Gathering {
  /** The others, in the order they came. */
  readonly people: readonly ParticipantId[];
  /** Who shares a screen, whoever began last at the end. */
  readonly sharing: readonly ParticipantId[];
  readonly invites: boolean;
  readonly view: View;
  readonly pinned: TileKey | null;
  /** Who has the stage in the speaker view. */
  readonly speaker: ParticipantId | null;
}

export interface Arrangement {
  /** The tile that is large; null in a grid. */
  readonly stage: TileKey | null;
  /** All the other tiles, the most important first. */
  readonly rest: readonly TileKey[];
  /** Oneself small, in the corner of the grid of the others. */
  readonly floats: boolean;
}

/** Of more others each has a smaller tile, of which oneself would cover too much. */
const FLOATS_UP_TO = 2;

/** What is large: what was pinned; or else the screen that was shared last; or else, in the speaker view, who speaks. */
export function arrange({ people, sharing, invites, view, pinned, speaker }: Gathering): Arrangement {
  const screens = sharing.map(screenOf);
  const tiles = [...screens, ...people, OWN];
  const wished = [pinned, screens.at(-1), view === 'speaker' ? (speaker ?? people[0]) : null];
  const stage = wished.find((key) => key !== null && key !== undefined && tiles.includes(key)) ?? null;
  if (stage !== null) {
    const rest = [...screens, OWN, ...people].filter((key) => key !== stage);
    return { stage, rest, floats: false };
  }
  if (invites) return { stage, rest: [OWN, INVITATION], floats: false };
  return { stage, rest: [...people, OWN], floats: people.length > 0 && people.length <= FLOATS_UP_TO };
}
