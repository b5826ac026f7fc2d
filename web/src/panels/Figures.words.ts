import { both } from '../i18n/both.ts';

/** Figures of an area, and how each is computed. */
export const figuresWords = both(
  {
    howComputed: 'Cách tính',
    numerator: 'Tử số',
    denominator: 'Mẫu số',
    estimated: 'mẫu số ước tính',
    formula: 'Công thức',
    version: 'phiên bản',
    openList: 'Mở danh sách',
    others: 'Số liệu khác',
    noExplanation: 'Dịch vụ không kèm lời giải thích.',
  },
  {
    howComputed: 'How computed',
    numerator: 'Numerator',
    denominator: 'Denominator',
    estimated: 'estimated denominator',
    formula: 'Formula',
    version: 'version',
    openList: 'Open the list',
    others: 'Other figures',
    noExplanation: 'The service gave no explanation.',
  },
);
