import type { ServiceParts } from '#platform/service.ts';
import { type AreaFigure, toldFigures } from '../district/announce.ts';
import { figuresOf } from './reads/figures.ts';
import { momentOf } from './reads/moment.ts';

/** What the figures of the touched areas, and of everything above them, are now. */
export const currentFigures =
  ({ database, now }: Pick<ServiceParts, 'database' | 'now'>) =>
  async (district: string, areaIds: string[]): Promise<AreaFigure[]> => {
    if (areaIds.length === 0) return [];
    const moment = await momentOf(database, district, undefined, now());
    return toldFigures(await figuresOf(database, moment, 'en', areaIds));
  };
