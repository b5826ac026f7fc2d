import { formatNumber, formatValue, type Language } from '../../i18n/format.ts';
import type { Metric, Value } from './comparison.ts';

/** Two digits that count: 12.345 → 12.000. What is simulated is not known more exactly. */
export function rounded(value: number, digits = 2): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits);
  return step > 1 ? Math.round(value / step) * step : Math.round(value);
}

/** Đồng in the words people use: triệu, tỷ, nghìn tỷ. */
export function formatMoney(dong: number, language: Language): string {
  const size = Math.abs(dong);
  const [unit, vi, en] =
    size >= 999.5e9
      ? [1e12, 'nghìn tỷ đồng', 'trillion đồng']
      : size >= 999.5e6
        ? [1e9, 'tỷ đồng', 'billion đồng']
        : size >= 999.5e3
          ? [1e6, 'triệu đồng', 'million đồng']
          : [1, 'đồng', 'đồng'];
  const amount = dong / unit;
  return `${formatNumber(amount, language, unit > 1 && Math.abs(amount) < 10 ? 1 : 0)} ${language === 'vi' ? vi : en}`;
}

/** A probability as people say it: never a certain 0 or 100 of so many paths. */
export function formatProbability(share: number, paths: number, language: Language): string {
  const least = Math.max(1, Math.ceil(100 / Math.max(1, paths)));
  if (share * 100 < least) return `< ${least} %`;
  if (share * 100 > 100 - least) return `> ${100 - least} %`;
  return formatValue(Math.round(share * 100) / 100, 'share', language);
}

export function formatMetric(value: number, unit: Metric['unit'], paths: number, language: Language): string {
  if (unit === 'money') return formatMoney(rounded(value), language);
  if (unit === 'share') return formatProbability(value, paths, language);
  return formatNumber(unit === 'days' && value < 1000 ? value : rounded(value), language);
}

/** "1.200 – 3.400": the band of 90 of 100 paths. undefined for a number that has none, or whose band says no more than the number itself. */
export function formatBand(
  { value, low, high }: Value,
  unit: Metric['unit'],
  paths: number,
  language: Language,
): string | undefined {
  if (low === undefined || high === undefined) return undefined;
  const [from, to] = [formatMetric(low, unit, paths, language), formatMetric(high, unit, paths, language)];
  if (from === to) return from === formatMetric(value, unit, paths, language) ? undefined : from;
  // "8,3 – 33 tỷ đồng": the unit once when it is the same
  const unitOf = (text: string) => text.slice(text.indexOf(' '));
  return unit === 'money' && unitOf(from) === unitOf(to)
    ? `${from.slice(0, from.indexOf(' '))} – ${to}`
    : `${from} – ${to}`;
}
