import { addDays } from '../feed/clock.ts';

/** An answer of cases a day: `cases` gives those of an area, the last day's last; the newest three days are not complete. */
export const areaSeriesAnswer =
  (cases: Record<string, number[] | null>, onDay: string, reason: 'rows-only' | 'no-single-cases' = 'rows-only') =>
  ({ query }: { query: Record<string, string> }) => {
    const wanted = Object.entries(cases).filter(([areaId]) =>
      query.level === 'district' ? areaId === 'q7' : query.level === 'ward' ? areaId !== 'q7' : false,
    );
    const length = Math.max(...Object.values(cases).map((days) => days?.length ?? 0));
    return {
      asOf: `${onDay}T05:00:00Z`,
      from: addDays(onDay, 1 - length),
      to: onDay,
      completeUntil: addDays(onDay, -3),
      areas: wanted.map(([areaId, days]) => ({
        areaId,
        parentId: areaId === 'q7' ? null : 'q7',
        cases: days,
        reason: days ? null : reason,
      })),
    };
  };
