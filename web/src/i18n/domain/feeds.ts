import { dictionary, faces } from '../../faces.ts';

/** Names of the feeds. */
export const feedNames = dictionary(Object.fromEntries(faces.feeds.map(({ name, words }) => [name, words])));
