import { both } from '../i18n/both.ts';

/** The reproduction number and growth. */
export const reproductionWords = both(
  {
    title: 'Hệ số lây Rt',
    one: 'mỗi ca lây cho đúng một ca',
    bands: 'dải 50 / 95 %',
    hidden: 'Ẩn',
    reasons: {
      'too few cases': (cases: string) => `Chỉ ${cases} ca trong 7 ngày: quá ít để tính Rt.`,
      'before the first case': () => 'Cửa sổ 7 ngày bắt đầu trước ca đầu tiên nên chưa tính được Rt.',
    } as Record<string, (cases: string) => string>,
    now: (value: string, low: string, high: string) => `Rt khoảng ${value} (95 %: ${low}–${high})`,
    directions: {
      growing: 'dịch đang lan rộng',
      shrinking: 'dịch đang lui',
      unclear: 'chưa rõ lan hay lui',
    },
    doubles: (days: string) => `Số ca tăng gấp đôi sau khoảng ${days} ngày`,
    halves: (days: string) => `Số ca giảm một nửa sau khoảng ${days} ngày`,
    growth: (percent: string, low: string, high: string) => `mỗi ngày ${percent} (95 %: ${low} đến ${high})`,
    growthUnclear: 'Chưa rõ số ca đang tăng hay giảm',
    growthHidden: (cases: string) => `Quá ít ca (${cases}) để tính tốc độ tăng.`,
    serial: (mean: string, deviation: string) =>
      `Khoảng lây nối tiếp ${mean} ± ${deviation} ngày; chưa gồm sai số của ước ca báo muộn.`,
    day: '7 ngày đến',
    table: 'Rt dạng bảng',
  },
  {
    title: 'Reproduction number Rt',
    one: 'each case infects exactly one',
    bands: '50 / 95% bands',
    hidden: 'Hidden',
    reasons: {
      'too few cases': (cases) => `Only ${cases} cases in 7 days: too few for Rt.`,
      'before the first case': () => 'The 7-day window starts before the first case, so there is no Rt yet.',
    },
    now: (value, low, high) => `Rt about ${value} (95%: ${low}–${high})`,
    directions: {
      growing: 'the epidemic is growing',
      shrinking: 'the epidemic is shrinking',
      unclear: 'growing or shrinking is not clear',
    },
    doubles: (days) => `Cases double in about ${days} days`,
    halves: (days) => `Cases halve in about ${days} days`,
    growth: (percent, low, high) => `${percent} a day (95%: ${low} to ${high})`,
    growthUnclear: 'Whether cases rise or fall is not clear',
    growthHidden: (cases) => `Too few cases (${cases}) to tell growth.`,
    serial: (mean, deviation) =>
      `Serial interval ${mean} ± ${deviation} days; the uncertainty of late reports is not included.`,
    day: '7 days to',
    table: 'Rt as a table',
  },
);
export type ReproductionWords = (typeof reproductionWords)['vi'];
