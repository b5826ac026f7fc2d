import { both } from '../i18n/both.ts';

/** A forecast in words: what it is, why it is that one, how such forecasts have done. */
export const forecastWords = both(
  {
    title: 'Dự báo',
    target: 'Chỉ tiêu',
    perDayShown: 'Vạch dự báo vẽ theo trung bình mỗi ngày của tuần; số trong bảng là của cả tuần.',
    combination: 'Đang hiện kết hợp của các mô hình.',
    baseline: 'Đang hiện mô hình cơ sở (giữ nguyên mức tuần này), không phải mô hình.',
    why: {
      worse: (weeks: string, times: string) => `Vì trong ${weeks} tuần qua mô hình sai gấp ${times} lần mô hình cơ sở.`,
      untried: (scored: string, needed: string) =>
        `Vì mô hình mới có ${scored} lần dự báo được chấm, cần ít nhất ${needed}.`,
      untriedWeeks: (weeks: string, needed: string) =>
        `Vì mô hình chưa được đối chiếu đủ: mới có dự báo của ${weeks} tuần, cần ít nhất ${needed}.`,
      perfect: (weeks: string) => `Vì trong ${weeks} tuần qua mô hình cơ sở không sai lần nào.`,
      inWeek: (week: string, sentence: string) => `Tuần thứ ${week} hiện mô hình cơ sở. ${sentence}`,
      other: (text: string) => `Lý do: ${text}.`,
    },
    issued: (day: string) => `Ra ngày ${day}`,
    track: 'Độ chính xác gần đây',
    noTrack: 'Chưa có dải nào đến hạn để đối chiếu.',
    better: (percent: string) => `Sai số nhỏ hơn mô hình cơ sở ${percent}`,
    worse: (percent: string) => `Sai số lớn hơn mô hình cơ sở ${percent}`,
    equal: 'Sai số ngang mô hình cơ sở',
    table: 'Dự báo dạng bảng',
    period: 'Tuần đến',
    dayPeriod: 'Ngày',
    low95: '95 % từ',
    high95: 'đến',
    low50: '50 % từ',
    high50: 'đến',
    middle: 'giữa',
    baselineMiddle: 'cơ sở',
    summary: (period: string, low: string, high: string, unit: string) =>
      `Đến ${period}: 95 % khả năng từ ${low} đến ${high} ${unit}`,
    byWeek: 'theo tuần',
    byDay: 'theo ngày',
    cadence: 'Bước',
  },
  {
    title: 'Forecast',
    target: 'Target',
    perDayShown: 'The bands are drawn as the mean a day of their week; the table gives whole weeks.',
    combination: 'Shown: the combination of the models.',
    baseline: 'Shown: the baseline (this week goes on), not the model.',
    why: {
      worse: (weeks, times) =>
        `Because over the last ${weeks} weeks the model's error was ${times} times the baseline's.`,
      untried: (scored, needed) =>
        `Because only ${scored} of the model's forecasts have been scored; ${needed} are needed.`,
      untriedWeeks: (weeks, needed) =>
        `Because the model has not been checked enough: forecasts of ${weeks} weeks so far, ${needed} are needed.`,
      perfect: (weeks) => `Because over the last ${weeks} weeks the baseline was never wrong.`,
      inWeek: (week, sentence) => `Week ${week} shows the baseline. ${sentence}`,
      other: (text) => `Reason: ${text}.`,
    },
    issued: (day) => `Issued ${day}`,
    track: 'How it has done',
    noTrack: 'No band has come due yet.',
    better: (percent) => `Error ${percent} smaller than the baseline's`,
    worse: (percent) => `Error ${percent} larger than the baseline's`,
    equal: "Error equal to the baseline's",
    table: 'Forecast as a table',
    period: 'Week to',
    dayPeriod: 'Day',
    low95: '95% from',
    high95: 'to',
    low50: '50% from',
    high50: 'to',
    middle: 'middle',
    baselineMiddle: 'baseline',
    summary: (period, low, high, unit) => `To ${period}: 95% likely between ${low} and ${high} ${unit}`,
    byWeek: 'by week',
    byDay: 'by day',
    cadence: 'Step',
  },
);
export type ForecastWords = (typeof forecastWords)['vi'];
