import type { ReactNode } from 'react';
import './tracks-picture.css';

const PEOPLE = [
  { x: 160, y: 52 },
  { x: 66, y: 214 },
  { x: 254, y: 214 },
];
const MIDDLE = { x: 160, y: 160 };

/** What Switchyard does: two are connected directly, a third comes in, and the lines move onto a server. */
export function TracksPicture({ label }: { readonly label: string }): ReactNode {
  const [top, left, right] = PEOPLE;
  if (top === undefined || left === undefined || right === undefined) return null;
  return (
    <svg className="tracks" viewBox="0 0 320 280" role="img" aria-label={label}>
      <path className="tracks-direct" d={`M${left.x} ${left.y}L${right.x} ${right.y}`} />
      <g className="tracks-server">
        {PEOPLE.map(({ x, y }) => (
          <path key={`${x}-${y}`} d={`M${x} ${y}L${MIDDLE.x} ${MIDDLE.y}`} />
        ))}
        <rect x={MIDDLE.x - 20} y={MIDDLE.y - 20} width="40" height="40" rx="11" />
      </g>
      {PEOPLE.map(({ x, y }) => (
        <g
          key={`${x}-${y}`}
          className={y === top.y ? 'tracks-person tracks-third' : 'tracks-person'}
          transform={`translate(${x} ${y})`}
        >
          <circle r="30" />
          <circle className="tracks-face" cy="-6" r="8" />
          <path className="tracks-face" d="M-14 16a14 12 0 0 1 28 0" />
        </g>
      ))}
    </svg>
  );
}
