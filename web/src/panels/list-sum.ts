import type { ListAnswer } from '../api/answers.ts';

const summed: Record<string, (items: Record<string, unknown>[]) => unknown> = {
  'beds-free': (items) => items.reduce((sum, item) => sum + Number(item.bedsFree ?? 0), 0),
};
/** The column of a list of coverage that adds up to the people of a figure. */
const vaccinated = (formula: string) =>
  formula.startsWith('coverage-one-dose')
    ? 'peopleAtLeastOneDose'
    : formula.startsWith('coverage-full')
      ? 'peopleFullCourse'
      : undefined;

/**
 * What the rows of a list come to, to be compared with the figure that opened it: most figures count rows; beds, coverage and published counts add
 * a column up. Where an area has a row of all ages, it stands for the area's groups.
 *
 * @returns null when it cannot be told from the rows at hand
 */
export function sumOfList(formula: string, { total, items }: Pick<ListAnswer, 'total' | 'items'>): number | null {
  const column = vaccinated(formula) ?? (isPublished(items) ? 'cases' : undefined);
  const isSum = formula in summed || column !== undefined;
  if (isSum && total !== items.length) return null;
  if (formula in summed) return numberOrNull(summed[formula]!(items));
  if (column === undefined) return total;
  const counted = vaccinated(formula) ? wholeRows(items) : items;
  return counted.length === 0 || counted.some((item) => typeof item[column] !== 'number')
    ? null
    : counted.reduce((sum, item) => sum + Number(item[column]), 0);
}

/** Of an area with a row of all ages only that one. */
function wholeRows(items: Record<string, unknown>[]): Record<string, unknown>[] {
  const whole = new Set(items.filter((item) => item.ageGroup === 'all').map((item) => item.areaId));
  return items.filter((item) => item.ageGroup === 'all' || !whole.has(item.areaId));
}

const isPublished = (items: Record<string, unknown>[]) =>
  items.length > 0 && items.every((item) => 'periodEnd' in item);
const numberOrNull = (value: unknown) => (typeof value === 'number' ? value : null);
