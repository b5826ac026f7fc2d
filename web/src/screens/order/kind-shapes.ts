import { pointsOf } from '../../faces.ts';
import { shapeNumber, shapes } from '../../map/shapes.ts';

/** Every kind, in the order in which they are declared. */
export const kinds: readonly string[] = pointsOf('violations').categories;

/** The outline that stands for a kind of violation, in a box of 16 by 16: the one that the map draws. A kind that nobody declared looks like the last one. */
export const kindPath = (kind: string): string => {
  const at = kinds.indexOf(kind);
  return shapes[shapeNumber(at === -1 ? kinds.length - 1 : at)]!;
};
