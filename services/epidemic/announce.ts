import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { FigureAnnouncer } from '#platform/announcer.ts';
import type { Projection } from '#platform/projection.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type AreaFigure, figureAnnouncer, toldFigures } from '../district/announce.ts';
import { readFigures } from './figures/query.ts';
import { momentOf } from './moment.ts';

/** Tells the bus, after commits, what is in the rows and what the figures are now. */
export const createAnnouncer = ({ database, broker, log, now }: ServiceParts) =>
  figureAnnouncer({ broker, log }, 'epidemic', async (district) => {
    const moment = await momentOf(database, { district }, now());
    const areas = await readFigures(database, moment);
    return toldFigures(
      areas.map(({ areaId, figures }) => ({
        areaId,
        figures: Object.values(figures).filter(({ value }) => value !== null),
      })),
    );
  });

/** `committed` of the projection. Every area's window moves with each event's area, so all areas are computed; they are few. */
export const announceCommits =
  (announcer: FigureAnnouncer<AreaFigure>): Projection<CloudEvent>['committed'] =>
  (district, entries, throughSequence) => {
    const areaIds = new Set<string>();
    for (const { event } of entries) if (typeof event.data.areaId === 'string') areaIds.add(event.data.areaId);
    announcer.touched(district, areaIds, throughSequence);
  };
