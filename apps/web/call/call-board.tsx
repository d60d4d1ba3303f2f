import type { ReactNode } from 'react';
import type { Call, CallSnapshot } from '#client';
import type { RoomSession } from '../room/room-session.ts';
import { INVITATION, OWN, screenOf } from './arrangement.ts';
import { Invitation } from './invitation.tsx';
import { OwnTile } from './own-tile.tsx';
import { RemoteTile } from './remote-tile.tsx';
import { ScreenTile } from './screen-tile.tsx';
import { sharesScreen } from './sharing.ts';
import { TileBoard, type Cell } from './tile-board.tsx';
import type { Stage } from './use-stage.ts';

export interface CallBoardProps {
  readonly session: RoomSession;
  readonly call: Call;
  readonly snapshot: CallSnapshot;
  readonly stage: Stage;
  readonly link: string;
}

/** Everybody's tile, and every screen that is shared. */
export function CallBoard({ session, call, snapshot, stage, link }: CallBoardProps): ReactNode {
  const { participants, local } = snapshot;
  const { arrangement, page, turnTo, pinOf } = stage;
  const cells: Cell[] = participants.flatMap((participant) => {
    const { id } = participant;
    const screen = screenOf(id);
    const tile = { key: id, content: <RemoteTile call={call} participant={participant} pin={pinOf(id)} /> };
    if (!sharesScreen(participant)) return [tile];
    return [
      { key: screen, content: <ScreenTile call={call} participant={participant} pin={pinOf(screen)} /> },
      tile,
    ];
  });
  cells.push(
    { key: OWN, content: <OwnTile session={session} name={local.displayName} pin={pinOf(OWN)} /> },
    { key: INVITATION, content: <Invitation link={link} /> },
  );
  return <TileBoard cells={cells} arrangement={arrangement} page={page} onTurn={turnTo} />;
}
