import { both } from '../../i18n/both.ts';

/** The printed page. */
export const briefWords = both(
  {
    title: 'So sánh kịch bản phòng, chống dịch',
    made: (instant: string) => `Lập lúc ${instant}`,
    exercise: 'DIỄN TẬP: không phải tình hình thật',
    question: 'Các kịch bản',
    outcome: (days: string) => `Sau ${days} ngày (trung vị; trong ngoặc: 90 % số lần mô phỏng)`,
    method:
      'Số liệu là mô phỏng nhiều đường từ tình hình gần đây của quận; không phải dự báo chắc chắn. Nơi ghi “ước tính nhanh” là 200 đường tính trong trình duyệt.',
    assumptions: (count: string, unverified: string) =>
      `Mô hình dùng ${count} giả định có nguồn, trong đó ${unverified} chưa kiểm chứng.`,
  },
  {
    title: 'Comparison of scenarios against the epidemic',
    made: (instant) => `Made at ${instant}`,
    exercise: 'EXERCISE: not the real situation',
    question: 'The scenarios',
    outcome: (days) => `After ${days} days (median; in brackets: 90 % of simulated paths)`,
    method:
      'The figures come from simulating many paths from the district’s recent situation; they are no certain forecast. “Quick estimate” means 200 paths computed in the browser.',
    assumptions: (count, unverified) =>
      `The model uses ${count} assumptions with their sources, of which ${unverified} are not verified.`,
  },
);
