import { defineFeed } from '#contracts/define-feed.ts';

export const levelsFeed = defineFeed({ name: 'levels', words: { vi: 'Cấp độ dịch', en: 'Epidemic levels' } });
