import type { LevelAssessment, LevelExplanation } from '@vungxanh/services/contracts/http/levels.ts';
import type { Words } from '../i18n/language.svelte.ts';
import { levelWords } from './levels.words.ts';

interface Range {
  low: number;
  high: number;
}

/** "cấp 2 (vàng)", "ít nhất cấp 2 (vàng)", "từ cấp 1 đến cấp 3", or that it cannot be told. */
export function levelText(words: Words, { low, high }: Range): string {
  const t = words.of(levelWords);
  if (low === high) return t.names[low - 1] ?? String(low);
  if (low === 1 && high === 4) return t.unknown;
  if (high === 4) return t.atLeast(t.names[low - 1]!);
  if (low === 1) return t.atMost(t.names[high - 1]!);
  return t.between(t.short(String(low)), t.short(String(high)));
}

/** Share or day or number of a reason, as people read it. */
function written(
  words: Words,
  name: string,
  value: number | string | null,
  nameOf: (areaId: string) => string,
): string {
  const t = words.of(levelWords);
  if (value === null) return t.notKnown;
  if (typeof value === 'number') return name === 'share' ? words.share(value) : words.number(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return words.day(value);
  if (name === 'areaId') return nameOf(value);
  return name === 'measure' ? (t.measures[value] ?? value) : value;
}

/** What must be known of an assessment, each in a sentence, once. */
export function reasonTexts(
  words: Words,
  { reasons }: Pick<LevelAssessment, 'reasons'>,
  nameOf: (areaId: string) => string,
): string[] {
  const say = words.of(levelWords).reasons;
  const texts = reasons.map(({ code, parameters }) =>
    say[code]
      ? say[code](
          Object.fromEntries(
            Object.entries(parameters).map(([name, value]) => [name, written(words, name, value, nameOf)]),
          ),
        )
      : code,
  );
  return [...new Set(texts)];
}

type Measured = LevelAssessment['measures'][number];

/** "45,0 / 100.000 dân: 9 ca mới trong cộng đồng / 20.000 dân → mức 2 (tiêu chí 1), ngưỡng 20 · 50 · 150". */
export function measureText(words: Words, measured: Measured, isCommunity: boolean): string {
  const t = words.of(levelWords);
  const { measure, count, people, ratePer100k, band, cuts } = measured;
  const what = t.measures[measure === 'cases' && isCommunity ? 'community' : measure] ?? measure;
  const one = (rate: number) => words.number(rate, 1);
  const rate = !ratePer100k
    ? t.rateUnknown
    : ratePer100k.high === null
      ? t.rateAtLeast(one(ratePer100k.low))
      : ratePer100k.high === ratePer100k.low
        ? t.rate(one(ratePer100k.low))
        : t.rateBetween(one(ratePer100k.low), one(ratePer100k.high));
  const counted = count
    ? t.counted(words.number(count.known), what, people === null ? t.notKnown : words.number(people))
    : t.countUnknown(what);
  const bands = band.low === band.high ? String(band.low) : `${band.low}–${band.high}`;
  // A policy of factors has no bands of rates.
  if (cuts.length === 0) return `${rate}: ${counted}`;
  const bounds = t.cuts(cuts.map(({ at }) => (at === null ? t.cutUnknown : words.number(at))).join(' · '));
  return `${rate}: ${counted} → ${t.band(bands)}, ${bounds}`;
}

type Judged = LevelAssessment['shares'][number];

/** "95 % người từ 18 tuổi đã tiêm ít nhất 1 mũi (9.500 / 10.000), cần 70 %: đạt". */
export function shareSentence(words: Words, { requirement, share, numerator, denominator, met }: Judged): string {
  const t = words.of(levelWords);
  const who = t.fromAge(String(requirement.fromAge));
  const dose = t.doses[requirement.dose];
  const required = words.share(requirement.share);
  const said =
    share === null || numerator === null || denominator === null
      ? t.shareUnknown(who, dose, required)
      : t.share(words.share(share), who, dose, `${words.number(numerator)} / ${words.number(denominator)}`, required);
  return `${said}: ${metText(words, met)}`;
}

export const metText = (words: Words, met: boolean | null): string => {
  const t = words.of(levelWords);
  return met === null ? t.notKnown : met ? t.met : t.notMet;
};

type Change = NonNullable<NonNullable<LevelExplanation['changes']>['up']>;

/** "Thêm 3 ca trong 7 ngày → cấp 3". */
export function changeText(words: Words, { of, by, level }: Change): string {
  const t = words.of(levelWords);
  const count = words.number(Math.abs(by));
  if (of === 'doses') return t.dosesMore(count, String(level));
  return by > 0 ? t.casesMore(count, String(level)) : t.casesFewer(count, String(level));
}
