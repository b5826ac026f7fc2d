import { addDays, daysBetween } from '#contracts/days.ts';
import type { Counted, Reason } from '../assess/facts.ts';
import { largestSuppressed, publishedWeekDays } from './policy.ts';

/** A count as a department published it; null: not told. Days are YYYY-MM-DD, both included. */
export interface PublishedCount {
  from: string;
  to: string;
  cases: number | null;
  suppressed: boolean;
}

export interface PublishedWindow {
  count: Counted | null;
  reasons: Reason[];
  /** Days that were counted. */
  from: string;
  to: string;
}

/**
 * What published counts of one area say of a window: the newest period of as many days that ends in it or at most a week before its end, else its days one by one.
 * Periods of other lengths say nothing of it.
 */
export function countOfWindow(
  counts: readonly PublishedCount[],
  window: { from: string; to: string },
): PublishedWindow | undefined {
  if (counts.length === 0) return undefined;
  const days = daysBetween(window.from, window.to) + 1;
  const weeks = counts.filter(
    ({ from, to }) =>
      daysBetween(from, to) + 1 === days && to <= window.to && to > addDays(window.to, -publishedWeekDays),
  );
  const newest = weeks.toSorted((a, b) => (a.to < b.to ? 1 : -1))[0];
  if (newest) {
    const week =
      newest.to === window.to
        ? []
        : [{ code: 'published-week', parameters: { from: newest.from, to: newest.to } } as const];
    return { ...sumOf([newest], days, week), from: newest.from, to: newest.to };
  }
  const daily = counts.filter(({ from, to }) => from === to && from >= window.from && to <= window.to);
  if (daily.length > 0) {
    const missing = days - daily.length;
    const reasons = missing > 0 ? [{ code: 'days-missing', parameters: { days: missing } } as const] : [];
    return { ...sumOf(daily, daily.length === days ? days : -1, reasons), ...window };
  }
  return { count: null, reasons: [{ code: 'other-periods-published', parameters: {} }], ...window };
}

function sumOf(
  counts: readonly PublishedCount[],
  complete: number,
  reasons: readonly Reason[],
): { count: Counted | null; reasons: Reason[] } {
  const hidden = counts.filter(({ cases }) => cases === null);
  const known = counts.reduce((sum, { cases }) => sum + (cases ?? 0), 0);
  // Left blank without being called too small: nobody knows.
  const isOpen = complete === -1 || hidden.some(({ suppressed }) => !suppressed);
  return {
    count: { known, high: isOpen ? null : known + hidden.length * largestSuppressed },
    reasons: [
      ...reasons,
      ...(hidden.length > 0 ? [{ code: 'suppressed-counts', parameters: { counts: hidden.length } } as const] : []),
    ],
  };
}

/** Published counts of the parts together. A part of which nothing is published leaves the sum open above. */
export function addUp(
  parts: readonly ReturnType<typeof countOfWindow>[],
  window: { from: string; to: string },
): NonNullable<ReturnType<typeof countOfWindow>> {
  const told = parts.flatMap((part) => (part?.count ? [part] : []));
  const missing = parts.length - told.length;
  const suppressed = told.filter(({ reasons }) => reasons.some(({ code }) => code === 'suppressed-counts')).length;
  const isOpen = missing > 0 || told.some(({ count }) => count!.high === null);
  const known = told.reduce((sum, { count }) => sum + count!.known, 0);
  return {
    count:
      told.length === 0
        ? null
        : { known, high: isOpen ? null : told.reduce((sum, { count }) => sum + count!.high!, 0) },
    reasons: [
      ...(missing > 0 ? [{ code: 'parts-of-cases-missing', parameters: { areas: missing } } as const] : []),
      ...(suppressed > 0 ? [{ code: 'suppressed-counts', parameters: { counts: suppressed } } as const] : []),
    ],
    from: told.map(({ from }) => from).toSorted()[0] ?? window.from,
    to:
      told
        .map(({ to }) => to)
        .toSorted()
        .at(-1) ?? window.to,
  };
}
