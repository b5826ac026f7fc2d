import { pointsOf } from '../../faces.ts';

/** Outlines in a box of 16, one for each family of kinds: what is built, ground and water, the street, other people. */
const paths = {
  triangle: 'M8 1.5 15 14H1Z',
  triangleDown: 'M1 2h14L8 14.5Z',
  square: 'M2 2h12v12H2Z',
  diamond: 'M8 1 15 8 8 15 1 8Z',
  circle: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z',
  cross: 'M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5Z',
  hexagon: 'M4.5 2h7L15 8l-3.5 6h-7L1 8Z',
  drop: 'M8 1c3.5 4.4 5.5 6.6 5.5 9a5.5 5.5 0 0 1-11 0C2.5 7.600 4.500 5.400 8 1Z',
  bar: 'M1 5.500h14v5H1Z',
  star: 'M8 1l2.100 4.600 5 .6-3.700 3.400 1 5L8 12.100 3.600 14.600l1-5L.9 6.200l5-.6Z',
} as const;

const shapeOf: Readonly<Record<string, keyof typeof paths>> = {
  'without-permit': 'triangle',
  'against-permit': 'triangleDown',
  'against-approved-design': 'hexagon',
  'against-planning': 'square',
  encroachment: 'bar',
  'canal-filling': 'drop',
  'harm-to-neighbour': 'star',
  'unsafe-site': 'cross',
  sanitation: 'circle',
  other: 'diamond',
};

/** The outline that stands for a kind of violation, in a box of 16 by 16. A kind that has none of its own looks like the others. */
export const kindPath = (kind: string): string => paths[shapeOf[kind] ?? 'diamond'];
/** Every kind, in the order in which they are declared. */
export const kinds: readonly string[] = pointsOf('violations').categories;
