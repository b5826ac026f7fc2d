import type { ServiceParts } from '#platform/service.ts';
import { figureAnnouncer, toldFigures } from '../district/announce.ts';
import { figuresOf } from './reads/figures.ts';
import { momentOf } from './reads/moment.ts';

type Parts = Pick<ServiceParts, 'broker' | 'database' | 'log' | 'now'>;

/** Tells the bus what is committed, with the figures of the touched areas and of everything above them. */
export const businessAnnouncer = ({ broker, database, log, now }: Parts) =>
  figureAnnouncer({ broker, log }, 'economy', async (district, areaIds) => {
    if (areaIds.length === 0) return [];
    const moment = await momentOf(database, district, undefined, now());
    return toldFigures(await figuresOf(database, moment, moment.day, 'en', areaIds));
  });
