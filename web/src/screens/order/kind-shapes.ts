import { pointsOf } from '../../faces.ts';
import { shapeNumber, shapes } from '../../map/shapes.ts';

/** Every kind, in the order in which they are declared. */
export const kinds: readonly string[] = pointsOf('violations').categories;

/** The outline that stands for a kind of violation, in a box of 16 by 16: the same as on the map. One that is not declared looks like the last, which stands for all others. */
export const kindPath = (kind: string): string => {
  const found = kinds.indexOf(kind);
  return shapes[shapeNumber(found < 0 ? kinds.length - 1 : found)]!;
};
