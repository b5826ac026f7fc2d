import { imports } from 'virtual:forms';
import { dictionary } from '../../faces.ts';

/** Names of the kinds of files. */
export const importKinds = dictionary(Object.fromEntries(imports.map(({ name, words }) => [name, words])));
