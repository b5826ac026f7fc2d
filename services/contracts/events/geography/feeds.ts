import { defineFeed } from '../../define-feed.ts';

export const areas = defineFeed({ name: 'areas', words: { vi: 'Địa giới', en: 'Boundaries' } });
