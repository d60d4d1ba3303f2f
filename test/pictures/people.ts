import type { Look } from './pages/portrait.ts';

const WALLS: readonly Pick<Look, 'wall' | 'shelf'>[] = [
  { wall: ['#d8e0e8', '#93a1bf'], shelf: '#6c7a9a' },
  { wall: ['#fdf1df', '#d9c0a0'], shelf: '#ad936b' },
  { wall: ['#b9cbbf', '#dde3df'], shelf: '#8ba795' },
  { wall: ['#ece3f0', '#b7a6c9'], shelf: '#8d7ba6' },
  { wall: ['#f7e2dc', '#cf9f93'], shelf: '#a9766b' },
];
const SKINS: readonly Pick<Look, 'skin' | 'shade'>[] = [
  { skin: '#eec7a3', shade: '#d9a982' },
  { skin: '#96623f', shade: '#784c2d' },
  { skin: '#ffdcb9', shade: '#e6b991' },
  { skin: '#c98f63', shade: '#ad7449' },
  { skin: '#6f452c', shade: '#58351f' },
];
const HAIRS: readonly string[] = ['#3a2a22', '#0f0d0b', '#1c1917', '#6b4a2b', '#8a8a88', '#a5562d'];
const CUTS: readonly Look['cut'][] = ['long', 'short', 'bun', 'curly', 'short', 'bald', 'long'];
const SHIRTS: readonly Pick<Look, 'shirt' | 'collar'>[] = [
  { shirt: '#305c61', collar: '#3b7880' },
  { shirt: '#b65c45', collar: '#8f4633' },
  { shirt: '#334265', collar: '#f4f6fa' },
  { shirt: '#5d6f3c', collar: '#48572d' },
  { shirt: '#7c4a74', collar: '#623a5c' },
  { shirt: '#c79a3d', collar: '#a37c2c' },
];
const NAMES: readonly string[] = [
  'Ada',
  'Ben',
  '민수',
  'Chidi',
  '지우',
  'Elena',
  'Farid',
  'Grace',
  'Hana',
  'Inês',
  'Jonas',
  'Kofi',
  'Leila',
  'Mateo',
  'Noor',
  'Olga',
  'Priya',
  'Quinn',
  'Rosa',
  'Sven',
  '서연',
  'Uma',
  'Victor',
  'Wei',
  'Yuki',
];

export interface MadeUpPerson {
  readonly name: string;
  readonly look: Look;
}

function nth<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('expected something to choose from');
  return item;
}

/** People who do not exist: enough of them to fill a page of the grid, each of another look. */
export const PEOPLE: readonly MadeUpPerson[] = NAMES.map((name, index) => ({
  name,
  look: {
    ...nth(WALLS, index * 2 + (index > 4 ? 1 : 0)),
    ...nth(SKINS, index),
    ...nth(SHIRTS, index),
    hair: nth(HAIRS, index * 5 + (index % 4)),
    cut: nth(CUTS, index),
    glasses: index % 4 === 1,
    beard: index % 7 === 6 || index === 11,
  },
}));
