import type { ListAnswer } from '../api/answers.ts';

const summed: Record<string, (items: Record<string, unknown>[]) => unknown> = {
  'beds-free': (items) => items.reduce((sum, item) => sum + Number(item.bedsFree ?? 0), 0),
  'coverage-one-dose': (items) => items.find((item) => item.ageGroup === 'all')?.peopleAtLeastOneDose,
  'coverage-full': (items) => items.find((item) => item.ageGroup === 'all')?.peopleFullCourse,
};

/**
 * What the rows of a list come to, to be compared with the figure that opened it: most figures count rows; beds and coverage add a column up;
 * published counts are one row a period, of which the figure is the newest (or the two newest).
 *
 * @returns null when it cannot be told from the rows at hand
 */
export function sumOfList(formula: string, { total, items }: Pick<ListAnswer, 'total' | 'items'>): number | null {
  if (total !== items.length && (formula in summed || isPublished(items))) return null;
  if (formula in summed) return numberOrNull(summed[formula]!(items));
  if (!isPublished(items)) return total;
  const periods = formula.endsWith('-14d') ? 2 : 1;
  const newest = items.toSorted((a, b) => String(b.periodEnd).localeCompare(String(a.periodEnd))).slice(0, periods);
  return newest.length < periods || newest.some((item) => typeof item.cases !== 'number')
    ? null
    : newest.reduce((sum, item) => sum + Number(item.cases), 0);
}

const isPublished = (items: Record<string, unknown>[]) =>
  items.length > 0 && items.every((item) => 'periodEnd' in item);
const numberOrNull = (value: unknown) => (typeof value === 'number' ? value : null);
