/** Numbers, days and ages in words. All take the locale; days and clocks take the district's own time zone. */
export type Language = 'vi' | 'en';
export const localeOf = (language: Language) => (language === 'vi' ? 'vi-VN' : 'en-GB');

export function formatNumber(value: number, language: Language, digits = 0): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(
    value,
  );
}

/** A probability in whole percent; one that is neither 0 nor 1 is never written as either. */
export function formatShare(value: number, language: Language): string {
  const percent = new Intl.NumberFormat(localeOf(language), { style: 'percent', maximumFractionDigits: 0 });
  if (value > 0 && value < 0.01) return `< ${percent.format(0.01)}`;
  if (value < 1 && value > 0.99) return `> ${percent.format(0.99)}`;
  return percent.format(value);
}

/** A figure's value: shares as percent, rates with one digit when small, counts whole. */
export function formatValue(value: number, unit: string, language: Language): string {
  if (unit === 'share')
    return new Intl.NumberFormat(localeOf(language), { style: 'percent', maximumFractionDigits: 1 }).format(value);
  return formatNumber(value, language, Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1);
}

/** A calendar day (YYYY-MM-DD) in words. */
export function formatDay(day: string, language: Language, style: 'short' | 'long' = 'short'): string {
  const options: Intl.DateTimeFormatOptions =
    style === 'short' ? { day: 'numeric', month: 'numeric' } : { day: '2-digit', month: '2-digit', year: 'numeric' };
  return new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** An instant on the district's clock. */
export function formatInstant(ms: number, language: Language, timeZone: string, withDay = true): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone };
  const time = new Intl.DateTimeFormat(localeOf(language), options).format(ms);
  if (!withDay) return time;
  const date = new Intl.DateTimeFormat(localeOf(language), {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone,
  });
  return `${time} ${date.format(ms)}`;
}

/** A span of time in one unit: "4 phút", "2 days". */
export function formatAge(ms: number, language: Language): string {
  const seconds = Math.max(0, ms / 1000);
  const [value, unit] =
    seconds < 60
      ? [seconds, 'second']
      : seconds < 3600
        ? [seconds / 60, 'minute']
        : seconds < 172_800
          ? [seconds / 3600, 'hour']
          : [seconds / 86_400, 'day'];
  return new Intl.NumberFormat(localeOf(language), {
    style: 'unit',
    unit: unit as string,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(Math.floor(value as number));
}
