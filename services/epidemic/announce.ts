import type { CloudEvent } from '#contracts/cloud-event.ts';
import { type Committed, committedSubject, type LiveFigure } from '#contracts/live.ts';
import { FigureAnnouncer } from '#platform/announcer.ts';
import type { Projection } from '#platform/projection.ts';
import type { ServiceParts } from '#platform/service.ts';
import { readFigures } from './figures/query.ts';
import { momentOf } from './moment.ts';

/** Tells the bus, after commits, what is in the rows and what the figures are now. */
export function createAnnouncer({ database, broker, log, now }: ServiceParts): FigureAnnouncer<LiveFigure> {
  return new FigureAnnouncer<LiveFigure>({
    log,
    compute: async (district) => {
      const moment = await momentOf(database, { district }, now());
      const areas = await readFigures(database, moment);
      return areas.flatMap(({ areaId, figures }) =>
        Object.values(figures)
          .filter((figure) => figure.value !== null)
          .map((figure) => ({
            areaId,
            formula: figure.formula,
            value: figure.value,
            unit: figure.unit,
            numerator: figure.numerator ?? null,
            denominator: figure.denominator ?? null,
            throughSequence: 0,
          })),
      );
    },
    say: ({ district, throughSequence, areaIds, figures }) => {
      const message: Committed = {
        district,
        service: 'epidemic',
        throughSequence,
        areaIds,
        figures: figures.map((figure) => ({ ...figure, throughSequence })),
      };
      broker.connection.publish(committedSubject(district, 'epidemic'), JSON.stringify(message));
    },
  });
}

/** `committed` of the projection. Every area's window moves with each event's area, so all areas are computed; they are few. */
export const announceCommits =
  (announcer: FigureAnnouncer<LiveFigure>): Projection<CloudEvent>['committed'] =>
  (district, entries, throughSequence) => {
    const areaIds = new Set<string>();
    for (const { event } of entries) if (typeof event.data.areaId === 'string') areaIds.add(event.data.areaId);
    announcer.touched(district, areaIds, throughSequence);
  };
