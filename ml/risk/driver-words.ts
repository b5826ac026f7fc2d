import type { LearnedDriver } from './drivers.ts';
import { featureCount, mean } from './local-features.ts';
import type { AreaObservations, RiskModel } from './risk-model.ts';

export type Language = 'vi' | 'en';

/** The numbers behind the sentences of one area, taken from what the model itself was given. */
export interface DriverNumbers {
  /** cases per 100,000 a week: the area, the typical area, its neighbours, and its own usual (geometric mean offset of four weeks) */
  ownRate: number;
  typicalRate: number;
  neighbourRate: number;
  usualRate: number;
  /** fractions: the city's expected change in two weeks, the area's growth in two weeks beyond the city's, reports beyond expectation */
  cityChange: number;
  ownGrowth: number;
  reportSurplus: number;
}

const feature = { neighbours: 0, usual: 2, growth: 3, reports: 5 } as const;

export function driverNumbers(model: RiskModel, areas: AreaObservations, area: number): DriverNumbers {
  const x = areas.logRates[area]!;
  const value = (f: number) => areas.features[area * featureCount + f]!;
  return {
    ownRate: Math.exp(x),
    typicalRate: Math.exp(mean(areas.logRates)),
    neighbourRate: Math.exp(x + value(feature.neighbours)),
    usualRate: Math.exp(x + value(feature.usual)),
    cityChange: Math.expm1(model.horizons[1]!.cityChange),
    ownGrowth: Math.expm1(value(feature.growth)),
    reportSurplus: Math.expm1(value(feature.reports)),
  };
}

/** What a driver does: to the score, in points of 100, and to the expected log rate. */
export interface Effect {
  points: number;
  shift: number;
}

/** Below this a driver's points are rounded to nothing: at the ends of the score only the expected cases still tell. */
const fewestPoints = 0.5;

/** "(+8 points)", or what it does to the expected cases where the score is at its end. */
export function effectWords({ points, shift }: Effect, language: Language): string {
  if (Math.abs(points) >= fewestPoints)
    return `(${signed(points, 0, language)} ${language === 'vi' ? 'điểm' : 'points'})`;
  const percent = signed(100 * Math.expm1(shift), 0, language);
  return language === 'vi' ? `(số ca dự kiến ${percent} %)` : `(expected cases ${percent}%)`;
}

/** One sentence for one driver, with its numbers and its effect. */
export function driverSentence(
  driver: LearnedDriver,
  effect: Effect,
  numbers: DriverNumbers,
  language: Language,
): string {
  const turn = driver === 'growth' ? fallingBack(effect.shift, numbers.ownGrowth, language) : '';
  const words = (language === 'vi' ? inVietnamese(driver, numbers) : inEnglish(driver, numbers)) + turn;
  return `${words} ${effectWords(effect, language)}`;
}

/** why a rise may lower the score: one area's jump is partly chance, and the model has learned how much of it goes again */
function fallingBack(shift: number, growth: number, language: Language): string {
  if (Math.sign(shift) * Math.sign(growth) >= 0) return '';
  if (language === 'vi')
    return growth > 0 ? '; mức tăng riêng như vậy thường giảm lại' : '; mức giảm riêng như vậy thường tăng lại';
  return growth > 0 ? '; such a jump of one area usually falls back' : '; such a dip of one area usually recovers';
}

function inVietnamese(driver: LearnedDriver, n: DriverNumbers): string {
  const rate = (value: number) => decimal(value, 'vi');
  const percent = (share: number) => `${signed(100 * share, 0, 'vi')} %`;
  const sentences: Record<LearnedDriver, string> = {
    level: `Số mới trong tuần: ${rate(n.ownRate)} ca trên 100.000 dân; mức phổ biến của các khu: ${rate(n.typicalRate)}`,
    trend: `Xu hướng chung của quận trong hai tuần tới: ${percent(n.cityChange)}`,
    neighbours: `Các khu lân cận: ${rate(n.neighbourRate)} ca trên 100.000 dân, khu này: ${rate(n.ownRate)}`,
    usual: `Mức quen thuộc của khu này: ${rate(n.usualRate)} ca trên 100.000 dân, hiện nay: ${rate(n.ownRate)}`,
    growth: `Khu này tăng giảm so với toàn quận trong hai tuần qua: ${percent(n.ownGrowth)}`,
    reports: `Ca vừa báo cáo so với dự kiến: ${percent(n.reportSurplus)}`,
  };
  return sentences[driver];
}

function inEnglish(driver: LearnedDriver, n: DriverNumbers): string {
  const rate = (value: number) => decimal(value, 'en');
  const percent = (share: number) => `${signed(100 * share, 0, 'en')}%`;
  const sentences: Record<LearnedDriver, string> = {
    level: `New cases this week: ${rate(n.ownRate)} per 100,000; a typical area has ${rate(n.typicalRate)}`,
    trend: `The district's own trend over the next two weeks: ${percent(n.cityChange)}`,
    neighbours: `Neighbouring areas have ${rate(n.neighbourRate)} per 100,000, this area ${rate(n.ownRate)}`,
    usual: `This area's usual level is ${rate(n.usualRate)} per 100,000, now it is ${rate(n.ownRate)}`,
    growth: `This area's growth beyond the city's over two weeks: ${percent(n.ownGrowth)}`,
    reports: `Newly reported cases against expectation: ${percent(n.reportSurplus)}`,
  };
  return sentences[driver];
}

export function decimal(value: number, language: Language): string {
  return format(value, value < 10 ? 1 : 0, language);
}

export function signed(value: number, digits: number, language: Language): string {
  const text = format(Math.abs(value), digits, language);
  if (text === '0') return '0';
  return value < 0 ? `−${text}` : `+${text}`;
}

/** a formatter costs far more to make than to use, and a level of areas says thousands of numbers */
const formatters = new Map<string, Intl.NumberFormat>();

function format(value: number, digits: number, language: Language): string {
  const key = `${language}${digits}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: digits });
    formatters.set(key, formatter);
  }
  return formatter.format(value);
}
