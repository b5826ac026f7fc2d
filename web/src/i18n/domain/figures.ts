import { dictionary, faces } from '../../faces.ts';

/** Names of figures, of the groups they stand in, and of what they are counted in. */
export const figureNames = dictionary(
  Object.fromEntries(faces.services.flatMap(({ figures }) => figures.map(({ id, words }) => [id, words]))),
);
export const figureGroups = dictionary(Object.fromEntries(faces.services.map(({ name, words }) => [name, words])));
export const units = dictionary(faces.units);
