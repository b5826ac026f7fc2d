import { both } from '../i18n/both.ts';

/** Figures of an area, and how each is computed. */
export const figuresWords = both(
  {
    asOf: 'Số liệu lúc',
    howComputed: 'Cách tính',
    numerator: 'Tử số',
    denominator: 'Mẫu số',
    estimated: 'mẫu số ước tính',
    formula: 'Công thức',
    version: 'phiên bản',
    openList: 'Mở danh sách',
    others: 'Số liệu khác',
    noExplanation: 'Dịch vụ không kèm lời giải thích.',
    /** Why a figure has no number, in a few words; the service says the rest. */
    reasons: {
      'no-report': 'chưa có báo cáo',
      'days-missing': 'thiếu ngày',
      suppressed: 'số bị ẩn',
      'rate-only': 'chỉ có tỉ lệ',
      'not-published': 'không công bố ở cấp này',
      'other-ages': 'không công bố cho lứa tuổi này',
      'parts-missing': 'chưa đủ các khu',
      'no-denominator': 'chưa có dân số',
      'borders-changed': 'không biết',
      'cumulative-only': 'chỉ có số cộng dồn',
    } as Record<string, string>,
  },
  {
    asOf: 'Figures at',
    howComputed: 'How computed',
    numerator: 'Numerator',
    denominator: 'Denominator',
    estimated: 'estimated denominator',
    formula: 'Formula',
    version: 'version',
    openList: 'Open the list',
    others: 'Other figures',
    noExplanation: 'The service gave no explanation.',
    reasons: {
      'no-report': 'no report',
      'days-missing': 'days missing',
      suppressed: 'suppressed',
      'rate-only': 'only a rate',
      'not-published': 'not published at this level',
      'other-ages': 'not published for these ages',
      'parts-missing': 'not from every area',
      'no-denominator': 'population not known',
      'borders-changed': 'not known',
      'cumulative-only': 'only running totals',
    },
  },
);
