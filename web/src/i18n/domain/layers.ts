import { dictionary, faces } from '../../faces.ts';

/** Names of the layers of points. */
export const layerNames = dictionary(Object.fromEntries(faces.feeds.map(({ name, layerWords }) => [name, layerWords])));
