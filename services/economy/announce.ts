import { type Committed, committedSubject, type LiveFigure } from '#contracts/live.ts';
import { FigureAnnouncer } from '#platform/announcer.ts';
import type { ServiceParts } from '#platform/service.ts';
import { figuresOf } from './reads/figures.ts';
import { momentOf } from './reads/moment.ts';

type AreaFigure = Omit<LiveFigure, 'throughSequence'>;

/** Tells the bus what is committed, with the figures of the touched areas and of everything above them. */
export function businessAnnouncer({
  broker,
  database,
  log,
  now,
}: Pick<ServiceParts, 'broker' | 'database' | 'log' | 'now'>) {
  return new FigureAnnouncer<AreaFigure>({
    log,
    compute: async (district, areaIds) => {
      if (areaIds.length === 0) return [];
      const moment = await momentOf(database, district, undefined, now());
      const areas = await figuresOf(database, moment, moment.day, 'en', areaIds);
      return areas.flatMap(({ areaId, figures }) =>
        figures.map(({ formula, value, unit, numerator, denominator }) => ({
          areaId: areaId!,
          formula,
          value,
          unit,
          numerator,
          denominator,
        })),
      );
    },
    say: ({ district, throughSequence, areaIds, figures }) => {
      const message: Committed = {
        district,
        service: 'economy',
        throughSequence,
        areaIds,
        figures: figures.map((figure) => ({ ...figure, throughSequence })),
      };
      broker.connection.publish(committedSubject(district, 'economy'), JSON.stringify(message));
    },
  });
}
