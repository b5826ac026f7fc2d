import type { ServiceParts } from '#platform/service.ts';
import { type AreaFigure, announcedFigures } from '../district/announce.ts';
import { readFigures } from './figures/read-figures.ts';
import { momentOf } from './moment.ts';

/** What the figures are now. Every area's window moves with each event's area, so all areas are computed; they are few. */
export const currentFigures =
  ({ database, now }: Pick<ServiceParts, 'database' | 'now'>) =>
  async (district: string): Promise<AreaFigure[]> => {
    const moment = await momentOf(database, district, undefined, now());
    const areas = await readFigures(database, moment);
    return announcedFigures(
      areas.map(({ areaId, figures }) => ({
        areaId,
        figures: Object.values(figures).filter(({ value }) => value !== null),
      })),
    );
  };
