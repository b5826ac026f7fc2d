import type { PublishedCount } from '#contracts/http/epidemic.ts';
import { releasedNote, smallCell } from './notes.ts';
import type { ReleasedTable } from './read-week.ts';

/**
 * The released weeks of an area, newest first, as periods of a curve: a hidden one has no number, and says why.
 *
 * @param areaId left out: there is no such curve; the whole is an area too
 */
export const releasedPeriods = (tables: readonly ReleasedTable[], areaId: string | undefined): PublishedCount[] =>
  tables.flatMap(({ week, told, hiddenBelow }): PublishedCount[] => {
    const cases = areaId === undefined ? undefined : told.get(areaId);
    if (areaId === undefined || cases === undefined) return [];
    return [
      {
        ...{ areaId, measure: 'new-cases', basis: 'released', periodStart: week.from, periodEnd: week.to, cases },
        ...{ suppressed: cases === null, knownAt: week.releasedAt },
        note: (cases === null ? smallCell : releasedNote([week], hiddenBelow.get(areaId) ?? 0)).en,
      },
    ];
  });
