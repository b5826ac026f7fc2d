import type { ContextName } from './area-context.ts';
import type { ContextEffect, NoEffect } from './context-effects.ts';
import { decimal, type Effect, effectWords, type Language, signed } from './driver-words.ts';

interface Words {
  vi: string;
  en: string;
  /** values are multiplied by this before they are said */
  scale: number;
  unit: { vi: string; en: string };
}

const words: Record<ContextName, Words> = {
  coverage: {
    vi: 'Người đã tiêm đủ liều',
    en: 'People with a full course',
    scale: 100,
    unit: { vi: ' %', en: '%' },
  },
  coverage18: {
    vi: 'Người từ 18 tuổi đã tiêm đủ liều',
    en: 'People aged 18 and over with a full course',
    scale: 100,
    unit: { vi: ' %', en: '%' },
  },
  density: {
    vi: 'Mật độ dân số',
    en: 'Population density',
    scale: 1,
    unit: { vi: ' người/km²', en: ' people per km²' },
  },
  markets: {
    vi: 'Chợ trên 10.000 dân',
    en: 'Markets per 10,000 people',
    scale: 1,
    unit: { vi: '', en: '' },
  },
  businesses: {
    vi: 'Cơ sở kinh doanh đang mở trên 1.000 dân',
    en: 'Open businesses per 1,000 people',
    scale: 1,
    unit: { vi: '', en: '' },
  },
  sites: {
    vi: 'Công trình vi phạm chưa xử lý xong trên 10.000 dân',
    en: 'Construction sites with an open violation per 10,000 people',
    scale: 1,
    unit: { vi: '', en: '' },
  },
  beds: { vi: 'Giường bệnh đang dùng', en: 'Hospital beds in use', scale: 100, unit: { vi: ' %', en: '%' } },
  quiet: {
    vi: 'Số tuần từ ca gần nhất',
    en: 'Weeks since the last case',
    scale: 1,
    unit: { vi: ' tuần', en: ' weeks' },
  },
};

const reasons: Record<NoEffect, { vi: string; en: string }> = {
  'too-few-areas': { vi: 'quá ít khu để ước lượng', en: 'too few areas to tell' },
  'too-few-weeks': { vi: 'quá ít tuần để ước lượng', en: 'too few weeks to tell' },
  'unknown-for-many': { vi: 'nhiều khu chưa có số liệu', en: 'not known for many areas' },
  'no-difference': { vi: 'các khu không khác nhau', en: 'the areas do not differ' },
  'no-evidence': {
    vi: 'các tuần qua của địa bàn này không cho thấy ảnh hưởng',
    en: 'the past weeks here show no effect',
  },
};

/** One sentence for a context that moves the score: the area's value, the typical one, what the district's own weeks showed, and the points. */
export function contextSentence(
  effect: ContextEffect,
  value: number,
  typical: number,
  does: Effect,
  language: Language,
): string {
  return `${valueWords(effect.name, value, typical, language)}; ${rateWords(effect, language)} ${effectWords(does, language)}`;
}

/** The same without points, for a context that moves nothing: why it does not. */
export function contextNote(effect: ContextEffect, value: number, typical: number, language: Language): string {
  const verdict =
    effect.none === undefined
      ? rateWords(effect, language)
      : language === 'vi'
        ? `không tính vào điểm: ${reasons[effect.none].vi}`
        : `not in the score: ${reasons[effect.none].en}`;
  return `${valueWords(effect.name, value, typical, language)}; ${verdict}`;
}

function valueWords(name: ContextName, value: number, typical: number, language: Language): string {
  const { scale, unit, ...title } = words[name];
  const say = (x: number) =>
    Number.isNaN(x)
      ? language === 'vi'
        ? 'chưa có số liệu'
        : 'not known'
      : `${decimal(scale * x, language)}${unit[language]}`;
  return language === 'vi'
    ? `${title.vi}: ${say(value)}; trung bình các khu: ${say(typical)}`
    : `${title.en}: ${say(value)}; mean of the areas: ${say(typical)}`;
}

function rateWords({ perWeek, low, high }: ContextEffect, language: Language): string {
  const percent = (x: number) => `${signed(100 * Math.expm1(x), 1, language)}${language === 'vi' ? ' %' : '%'}`;
  return language === 'vi'
    ? `ở địa bàn này, cao hơn một độ lệch chuẩn đi cùng ${percent(perWeek)} ca mỗi tuần (95 %: ${percent(low)} đến ${percent(high)})`
    : `here, one standard deviation more has gone with ${percent(perWeek)} cases a week (95%: ${percent(low)} to ${percent(high)})`;
}
