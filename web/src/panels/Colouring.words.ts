import { both } from '../i18n/both.ts';

/** What the map is coloured by, and its legend. */
export const colouringWords = both(
  {
    legend: {
      title: 'Chú giải',
      incidence: 'Ca mắc mới 7 ngày / 100.000 dân',
      below: (bound: string) => `dưới ${bound}`,
      between: (low: string, high: string) => `${low} – dưới ${high}`,
      from: (bound: string) => `từ ${bound}`,
      unknown: 'không đủ số liệu',
      noReport: 'chưa có báo cáo',
      policy: 'Ngưỡng theo quy định về cấp độ dịch (20 / 50 / 150)',
      relative: 'Màu so các khu vực với nhau, không theo cấp độ dịch',
      scale: 'Thang màu',
      scales: { classes: 'theo ngưỡng quy định', quantiles: 'phân vị', continuous: 'liên tục' },
      areas: (count: string) => `${count} khu vực`,
    },
    colouring: {
      title: 'Tô màu theo',
      cases: 'Ca ghi nhận',
      score: 'Điểm nguy cơ',
      rise: 'Xác suất tăng mức',
      high: 'Xác suất mức cao',
      level: 'Cấp độ dịch',
    },
    meaning: {
      score: 'Điểm nguy cơ 0–100, cho hai tuần tới',
      rise: 'Xác suất sau hai tuần mức dịch cao hơn hiện nay',
      high: (cut: string) =>
        `Xác suất từ ${cut} ca / 100.000 dân / tuần trở lên trong một hoặc hai tuần tới (lấy tuần cao hơn)`,
      level: 'Cấp độ dịch tính từ số liệu (cấp thấp nhất có thể), không phải cấp đã công bố',
      withheld: 'không đánh giá được, xem lý do',
      unverified: (source: string) => `Ngưỡng: ${source} (chưa đối chiếu bản gốc)`,
    },
  },
  {
    legend: {
      title: 'Legend',
      incidence: 'New cases in 7 days per 100,000 people',
      below: (bound) => `below ${bound}`,
      between: (low, high) => `${low} – below ${high}`,
      from: (bound) => `${bound} and more`,
      unknown: 'not enough data',
      noReport: 'no report',
      policy: 'Cut points of the official epidemic levels (20 / 50 / 150)',
      relative: 'Colours compare the areas with each other, not with the official levels',
      scale: 'Scale',
      scales: { classes: 'official cut points', quantiles: 'quantiles', continuous: 'continuous' },
      areas: (count) => `${count} areas`,
    },
    colouring: {
      title: 'Coloured by',
      cases: 'Reported cases',
      score: 'Risk score',
      rise: 'Chance of a rise',
      high: 'Chance of a high level',
      level: 'Epidemic level',
    },
    meaning: {
      score: 'Risk score 0–100 for the next two weeks',
      rise: 'Probability that the level is higher in two weeks than now',
      high: (cut) =>
        `Probability of ${cut} or more cases per 100,000 a week within one or two weeks (the higher of the two)`,
      level: 'Epidemic level by the data (the lowest that it can be), not the declared one',
      withheld: 'not assessed, see why',
      unverified: (source) => `Cut points: ${source} (not checked against the original)`,
    },
  },
);
