import { defineFeed } from '../../define-feed.ts';

export const risk = defineFeed({ name: 'risk', words: { vi: 'Điểm nguy cơ', en: 'Risk scores' } });
export const forecasts = defineFeed({ name: 'forecasts', words: { vi: 'Dự báo', en: 'Forecasts' } });
export const clusters = defineFeed({ name: 'clusters', words: { vi: 'Ổ dịch', en: 'Clusters' } });
export const scenarios = defineFeed({ name: 'scenarios', words: { vi: 'Kịch bản', en: 'Scenarios' } });
