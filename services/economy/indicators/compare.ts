/** A value of a series for a period of whole days, both ends included. */
export interface PeriodValue {
  periodStart: string;
  periodEnd: string;
  value: number;
  unit: string;
  source: string;
}

export interface Quarter {
  label: string;
  periodStart: string;
  periodEnd: string;
  /** null: neither published nor all three months known. */
  value: number | null;
  basis: 'published' | 'sum-of-months' | null;
  monthsSum: number | null;
  /** Published minus the sum of the months, when both are known: a table that fails its own total is seen here. */
  discrepancy: number | null;
  missingMonths: string[];
}

export interface Comparison {
  month: { label: string; value: number | null };
  quarter: Quarter;
  /** month / quarter; null when one of them is not known or the quarter is 0. */
  ratio: number | null;
  difference: number | null;
  unit: string | null;
}

const monthStart = (year: number, month: number) => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
const monthEnd = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10);

/** The quarter before the one that a month (YYYY-MM) lies in: the last that was complete when the month began. */
export function previousQuarter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const quarter = Math.floor((number - 1) / 3);
  return quarter === 0 ? `${year - 1}-Q4` : `${year}-Q${quarter}`;
}

/** First and last day of a month (YYYY-MM) or a quarter (YYYY-Qn). */
export function daysOf(period: string): [start: string, end: string] {
  const year = Number(period.slice(0, 4));
  const [first, last] = period.includes('Q')
    ? [(Number(period.slice(6)) - 1) * 3, (Number(period.slice(6)) - 1) * 3 + 2]
    : [Number(period.slice(5)) - 1, Number(period.slice(5)) - 1];
  return [monthStart(year, first), monthEnd(year, last)];
}

const find = (values: PeriodValue[], period: string) => {
  const [start, end] = daysOf(period);
  return values.find((value) => value.periodStart === start && value.periodEnd === end);
};

/** A month beside a quarter. A published quarter wins over the sum of its months; values must share one unit, else an Error names both. */
export function compareMonthWithQuarter(
  values: PeriodValue[],
  month: string,
  quarter = previousQuarter(month),
): Comparison {
  const [periodStart, periodEnd] = daysOf(quarter);
  const firstMonth = Number(periodStart.slice(5, 7));
  const months = [0, 1, 2].map((offset) => `${quarter.slice(0, 4)}-${String(firstMonth + offset).padStart(2, '0')}`);
  const parts = months.map((part) => find(values, part));
  const published = find(values, quarter);
  const monthly = find(values, month);
  const used = [monthly, published, ...parts].filter((value) => value !== undefined);
  const units = [...new Set(used.map((value) => value.unit))];
  if (units.length > 1) throw new Error(`units differ: ${units.join(', ')}`);

  const monthsSum = parts.every((part) => part !== undefined) ? parts.reduce((sum, part) => sum + part.value, 0) : null;
  const value = published?.value ?? monthsSum;
  const both = monthly !== undefined && value !== null;
  return {
    month: { label: month, value: monthly?.value ?? null },
    quarter: {
      label: quarter,
      periodStart,
      periodEnd,
      value,
      basis: published ? 'published' : monthsSum === null ? null : 'sum-of-months',
      monthsSum,
      discrepancy: published && monthsSum !== null ? published.value - monthsSum : null,
      missingMonths: months.filter((_, index) => parts[index] === undefined),
    },
    ratio: both && value !== 0 ? monthly.value / value : null,
    difference: both ? monthly.value - value : null,
    unit: units[0] ?? null,
  };
}
