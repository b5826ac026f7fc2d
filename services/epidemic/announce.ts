import { inSnapshot } from '#platform/database.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type AreaFigure, announcedFigures } from '../district/announce.ts';
import { clockTime } from '../district/moment.ts';
import { readFigures } from './figures/read-figures.ts';
import { momentOf } from './moment.ts';

/**
 * What the figures are now. Every area's window moves with each event's area, so all areas are computed; they are few. A figure without a number is told when
 * it had one before, and once after a start: most areas never have most of them, and thousands of those would go with each commit.
 */
export function currentFigures({
  database,
  now,
}: Pick<ServiceParts, 'database' | 'now'>): (district: string) => Promise<AreaFigure[]> {
  const numbered = new Map<string, Set<string>>();
  return async (district) => {
    // The rows of the moment that is said, and none that come while they are read.
    const { moment, areas } = await inSnapshot(database, async (reads) => {
      const at = await momentOf(reads, district, undefined, now());
      return { moment: at, areas: await readFigures(reads, at) };
    });
    const before = numbered.get(district);
    const known = new Set<string>();
    const told = announcedFigures(
      areas.map(({ areaId, figures }) => ({
        areaId,
        figures: Object.values(figures).filter(({ formula, value }) => {
          const key = `${areaId} ${formula}`;
          if (value !== null) known.add(key);
          return value !== null || before === undefined || before.has(key);
        }),
      })),
    );
    numbered.set(district, known);
    const asOf = clockTime(moment);
    return told.map((figure) => ({ ...figure, asOf }));
  };
}
