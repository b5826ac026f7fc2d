import { both } from '../i18n/both.ts';

/** The chart of cases by day, with nowcast and forecast. */
export const epiCurveWords = both(
  {
    incomplete: 'chưa đủ (còn ca báo muộn)',
    mean: 'trung bình 7 ngày',
    table: 'Xem dạng bảng',
    chart: 'Xem biểu đồ',
    day: 'Ngày',
    cases: 'Số ca',
    empty: 'Không có ca nào trong khoảng này',
    summary: (total: string, from: string, to: string) => `${total} ca từ ${from} đến ${to}`,
    forecast: {
      bands: 'dải 50 / 80 / 95 %',
      median: 'trung vị',
      baselineMark: 'dải 95 % của mô hình cơ sở',
      clipped: 'dải cao hơn khung, xem bảng',
    },
    nowcast: {
      mark: 'ước cả ca báo muộn (95 %)',
      summary: (day: string, reported: string, low: string, high: string) =>
        `${day}: đã báo ${reported}, cả ca báo muộn từ ${low} đến ${high}`,
    },
  },
  {
    incomplete: 'incomplete (late reports to come)',
    mean: '7-day mean',
    table: 'Show as a table',
    chart: 'Show the chart',
    day: 'Day',
    cases: 'Cases',
    empty: 'No case in this period',
    summary: (total, from, to) => `${total} cases from ${from} to ${to}`,
    forecast: {
      bands: '50 / 80 / 95% bands',
      median: 'median',
      baselineMark: "the baseline's 95% band",
      clipped: 'band reaches beyond the frame, see the table',
    },
    nowcast: {
      mark: 'with late reports, estimated (95%)',
      summary: (day, reported, low, high) => `${day}: ${reported} reported, with late reports ${low} to ${high}`,
    },
  },
);
