import { dictionary, faces } from '../../faces.ts';

/** Names of the kinds of files. */
export const importKinds = dictionary(Object.fromEntries(faces.imports.map(({ name, words }) => [name, words])));
